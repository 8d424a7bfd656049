//! One file a feature: a draft in, plain data out.
