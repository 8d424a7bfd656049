//! What is known of a person, a body, a place or an office.

use std::sync::Arc;

use jiff::civil::Date;

use super::day::{self, Day, Standing};
use crate::text::span::Span;

/// What a record is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `[[person]]`
    #[default]
    Person,
    /// `[[org]]`: a company, a ministry, a newspaper.
    Org,
    /// `[[place]]`
    Place,
    /// `[[office]]`: something that people hold.
    Office,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] = [Kind::Person, Kind::Org, Kind::Place, Kind::Office];

    /// Its word in files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Org => "org",
            Kind::Place => "place",
            Kind::Office => "office",
        }
    }

    /// The kind that a word names.
    pub fn named(word: &str) -> Option<Kind> {
        match word {
            "organisation" | "organization" | "company" | "body" => Some(Kind::Org),
            "country" | "city" => Some(Kind::Place),
            "post" | "position" => Some(Kind::Office),
            "people" => Some(Kind::Person),
            _ => Kind::ALL.into_iter().find(|kind| kind.name() == word),
        }
    }
}

/// In which order a name's parts stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// Forename first; the surname is the last word.
    #[default]
    Western,
    /// The family name is the first word.
    FamilyFirst,
    /// One name only.
    Single,
    /// Forename and father's name; second reference by the forename.
    Patronymic,
}

impl Order {
    /// Its word in files.
    pub fn name(self) -> &'static str {
        match self {
            Order::Western => "western",
            Order::FamilyFirst => "family-first",
            Order::Single => "single",
            Order::Patronymic => "patronymic",
        }
    }

    /// The order that a word names.
    pub fn named(word: &str) -> Option<Order> {
        let all = [
            Order::Western,
            Order::FamilyFirst,
            Order::Single,
            Order::Patronymic,
        ];
        all.into_iter().find(|order| order.name() == word)
    }
}

/// Whose word counts: a smaller layer fills before a greater one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The folder `entities/` of the workspace.
    #[default]
    Newsroom,
    /// The user's own folder.
    Personal,
    /// A base that was imported.
    Imported,
    /// A file `*.private.*`: fills what is empty and adds nobody.
    Private,
}

/// Where a record comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// The file: its path, or the name of the source of an imported record.
    pub file: Arc<str>,
    /// The name's value in the file; empty where there is no file to go to.
    pub name: Span,
    /// The line of the name, counted from 1; 0 where there is no file to go to.
    pub line: u32,
    /// The whole record in the file.
    pub whole: Span,
    /// Whose word it is.
    pub layer: Layer,
    /// When an imported source was taken.
    pub date: Option<Day>,
}

/// A role that somebody has, had or will have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Role {
    /// The id of an office.
    pub office: Option<String>,
    /// The title; an office has its own.
    pub title: Option<String>,
    /// The body: words, or an id.
    pub org: Option<String>,
    /// The first day.
    pub from: Option<Day>,
    /// The first day no longer in the role.
    pub to: Option<Day>,
    /// When a person last made sure.
    pub checked: Option<Day>,
    /// Where it comes from, if not from the record's own file.
    pub source: Option<Arc<str>>,
    /// The role in its file.
    pub place: Span,
}

impl Role {
    /// How the role stands on a day.
    pub fn standing(&self, on: Date) -> Standing {
        day::standing(self.from, self.to, on)
    }
}

/// A person, a body, a place or an office.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    /// What it is.
    pub kind: Kind,
    /// Unique among the records of a base.
    pub id: String,
    /// Whether the file gives the id, so that it may make two records one.
    pub has_id: bool,
    /// The house's spelling, as on first reference. For an office, its title.
    pub name: String,
    /// The name on second reference, where it does not follow from the name.
    pub surname: Option<String>,
    /// The order of the name's parts.
    pub order: Order,
    /// Whether the file says the order, so that it is no guess.
    pub has_order: bool,
    /// Other spellings and names of the same: recognised, the house's form offered.
    pub variants: Vec<String>,
    /// Misspellings seen before: reported.
    pub wrong: Vec<String>,
    /// Names in other scripts, by language.
    pub scripts: Vec<(String, String)>,
    /// Whether the surname alone is accepted without a full name before it.
    pub alone: bool,
    /// Whether no title is needed at the first mention.
    pub no_title: bool,
    /// `he/him`
    pub pronouns: Option<String>,
    /// For the desk, shown on hover.
    pub note: Option<String>,
    /// An acronym.
    pub acronym: Option<String>,
    /// The house's form on first reference where it is not the name.
    pub first: Option<String>,
    /// Second references such as "the alliance".
    pub generic: Vec<String>,
    /// The body that this one is part of, or that an office belongs to: words, or an id.
    pub org: Option<String>,
    /// The place: words, or an id.
    pub place: Option<String>,
    /// `Chinese`
    pub demonyms: Vec<String>,
    /// A place's capital.
    pub capital: Option<String>,
    /// Names that may stand for a place's government.
    pub metonyms: Vec<String>,
    /// A place's government: words, or an id.
    pub government: Option<String>,
    /// Whether an office has one holder at a time.
    pub is_single: bool,
    /// Whether a body is a news outlet.
    pub is_outlet: bool,
    /// When a person died.
    pub died: Option<Day>,
    /// Why the name may not be printed.
    pub do_not_name: Option<String>,
    /// Until when it may not.
    pub until: Option<Day>,
    /// Identifiers by scheme.
    pub ids: Vec<(String, String)>,
    /// Roles in the order of the file.
    pub roles: Vec<Role>,
    /// What we do not know, kept and shown.
    pub extra: Vec<(String, String)>,
    /// The greater, the sooner offered.
    pub popularity: u32,
    /// Where it comes from.
    pub origin: Origin,
    /// Which fields come from elsewhere, and from where.
    pub filled: Vec<(&'static str, Arc<str>)>,
}

impl Record {
    /// Every form by which it is known: name, variants, acronym, first form, other scripts. Not the misspellings.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        [Some(&self.name), self.acronym.as_ref(), self.first.as_ref()]
            .into_iter()
            .flatten()
            .chain(&self.variants)
            .chain(self.scripts.iter().map(|(_, name)| name))
            .map(String::as_str)
            .filter(|form| !form.is_empty())
    }

    /// Its id if the file gives it, and its identifiers with their schemes: `wikidata:Q2`. Two records that share one
    /// are the same.
    pub fn identifiers(&self) -> impl Iterator<Item = String> {
        let schemes = self.ids.iter();
        let schemes = schemes.map(|(scheme, value)| format!("{scheme}:{value}"));
        self.has_id
            .then(|| self.id.clone())
            .into_iter()
            .chain(schemes)
    }

    /// The name on second reference.
    pub fn short(&self) -> &str {
        if let Some(surname) = &self.surname {
            return surname;
        }
        if self.kind != Kind::Person {
            return self.acronym.as_deref().unwrap_or(&self.name);
        }
        let first = self.name.split(' ').next().unwrap_or(&self.name);
        match self.order {
            Order::Single => &self.name,
            Order::FamilyFirst | Order::Patronymic => first,
            Order::Western => last_words(&self.name),
        }
    }

    /// The role to name on a day: a current one, else one that is perhaps current, else the last, else one to come.
    pub fn role_on(&self, on: Date) -> Option<(&Role, Standing)> {
        let stands = self.roles.iter().map(|role| (role, role.standing(on)));
        stands.min_by_key(|(role, standing)| {
            let place = match standing {
                Standing::Current => 0,
                Standing::Unsure => 1,
                Standing::Former => 2,
                Standing::Incoming => 3,
            };
            let latest = role.from.map(|from| from.first());
            (place, std::cmp::Reverse(latest))
        })
    }

    /// Takes what is empty here from a record of the same, and remembers where it comes from.
    pub fn fill(&mut self, other: &Record) {
        let source = &other.origin.file;
        let mut filled = Vec::new();
        let mut option =
            |name: &'static str, mine: &mut Option<String>, theirs: &Option<String>| {
                if mine.is_none() && theirs.is_some() {
                    mine.clone_from(theirs);
                    filled.push((name, source.clone()));
                }
            };
        option("surname", &mut self.surname, &other.surname);
        option("pronouns", &mut self.pronouns, &other.pronouns);
        option("note", &mut self.note, &other.note);
        option("acronym", &mut self.acronym, &other.acronym);
        option("first", &mut self.first, &other.first);
        option("org", &mut self.org, &other.org);
        option("place", &mut self.place, &other.place);
        option("capital", &mut self.capital, &other.capital);
        option("government", &mut self.government, &other.government);
        option("do-not-name", &mut self.do_not_name, &other.do_not_name);
        let mut list = |name: &'static str, mine: &mut Vec<String>, theirs: &[String]| {
            let new: Vec<String> = theirs
                .iter()
                .filter(|one| !mine.contains(one) && **one != self.name)
                .cloned()
                .collect();
            if !new.is_empty() {
                mine.extend(new);
                filled.push((name, source.clone()));
            }
        };
        list("variants", &mut self.variants, &other.variants);
        list("wrong", &mut self.wrong, &other.wrong);
        list("generic", &mut self.generic, &other.generic);
        list("demonyms", &mut self.demonyms, &other.demonyms);
        list("metonyms", &mut self.metonyms, &other.metonyms);
        let is_other_spelling = other.name != self.name
            && !self.variants.contains(&other.name)
            && !other.name.is_empty();
        if is_other_spelling && other.origin.layer != Layer::Private {
            self.variants.push(other.name.clone());
        }
        if !self.has_order && other.has_order {
            (self.order, self.has_order) = (other.order, true);
        }
        if self.died.is_none() && other.died.is_some() {
            self.died = other.died;
            filled.push(("died", source.clone()));
        }
        self.until = self.until.or(other.until);
        self.is_outlet |= other.is_outlet;
        if self.roles.is_empty() && !other.roles.is_empty() {
            self.roles = other.roles.clone();
            for role in &mut self.roles {
                role.source = role.source.take().or(Some(source.clone()));
            }
            filled.push(("role", source.clone()));
        }
        for (scheme, value) in &other.ids {
            if !self.ids.iter().any(|(known, _)| known == scheme) {
                self.ids.push((scheme.clone(), value.clone()));
            }
        }
        for (language, name) in &other.scripts {
            if !self.scripts.iter().any(|(known, _)| known == language) {
                self.scripts.push((language.clone(), name.clone()));
            }
        }
        if other.origin.layer != Layer::Private {
            for (key, value) in &other.extra {
                if !self.extra.iter().any(|(known, _)| known == key) {
                    self.extra.push((key.clone(), value.clone()));
                }
            }
        }
        self.popularity = self.popularity.max(other.popularity);
        self.filled.extend(filled);
    }
}

/// The last word of a name before `Jr.`, with the particles before it.
fn last_words(name: &str) -> &str {
    let words: Vec<(usize, &str)> = {
        let mut at = 0;
        let split = name.split(' ');
        split
            .map(|word| {
                let start = at;
                at += word.len() + 1;
                (start, word)
            })
            .collect()
    };
    let is_suffix = |word: &str| super::fold::is_suffix(&super::fold::fold(word));
    let Some(last) = words.iter().rposition(|(_, word)| !is_suffix(word)) else {
        return name;
    };
    let mut first = last;
    while first > 1 && {
        let before = words[first - 1].1;
        super::fold::is_surname_particle(before)
    } {
        first -= 1;
    }
    let end = words[last].0 + words[last].1.trim_end_matches(',').len();
    &name[words[first].0..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Record {
        Record {
            name: name.to_owned(),
            ..Record::default()
        }
    }

    #[test]
    fn second_reference_follows_from_the_name() {
        assert_eq!(person("Dana Ortiz").short(), "Ortiz");
        assert_eq!(person("Carl Boone, Jr.").short(), "Boone");
        assert_eq!(person("Ulla van der Meer").short(), "van der Meer");
        let mut family = person("Wei Lan");
        family.order = Order::FamilyFirst;
        assert_eq!(family.short(), "Wei");
        family.surname = Some("Lan".to_owned());
        assert_eq!(family.short(), "Lan");
    }

    #[test]
    fn what_is_filled_says_where_it_comes_from() {
        let mut mine = person("Pål Jensson");
        let mut theirs = person("Pal Jensson");
        theirs.pronouns = Some("he/him".to_owned());
        theirs.origin.file = "leaders".into();
        theirs.roles.push(Role::default());
        mine.fill(&theirs);
        assert_eq!(mine.variants, ["Pal Jensson"]);
        assert_eq!(mine.roles[0].source.as_deref(), Some("leaders"));
        let fields: Vec<_> = mine.filled.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["pronouns", "role"]);
    }
}
