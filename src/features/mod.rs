//! One file a feature: a draft in, plain data out.

pub mod about_known;
mod about_mark;
pub mod about_speaker;
pub mod actions;
pub mod calls;
pub mod completion;
pub mod configuration;
pub mod coverage;
mod curl;
pub mod declaration;
pub mod definition;
pub mod entity_file;
pub mod filing;
pub mod folding;
pub mod format;
pub mod ghost;
pub mod highlight;
pub mod hover;
pub mod implementation;
pub mod inlay;
pub mod ledger;
pub mod lens;
pub mod linked;
pub mod links;
pub mod mend;
pub mod moved;
pub mod on_file;
pub mod over_the_desk;
pub mod people;
pub mod places;
pub mod quotes;
pub mod references;
pub mod rename;
pub mod selection;
pub mod signature;
pub mod subject;
pub mod symbols;
pub mod tokens;
pub mod type_definition;
pub mod words;
pub mod workspace_symbols;

#[cfg(test)]
mod testing;
