//! Who of the base is in the draft: links from words to entities, in the order of the rules' precision.
//!
//! A full name links by itself. A surname links only where exactly one person of that surname is named in full in the
//! draft; where there are two, the link names both, and nobody may take it for one. Titles and pronouns are left to
//! the bindings of quotations.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::outline::Label;
use super::{Place, SpeakerKind, Story};
use crate::entities::base::{Base, EntityId};
use crate::entities::fold::fold;
use crate::entities::mention::{How, Loose, Mention, Named};
use crate::entities::record::Kind;
use crate::syntax::tree::Tree;
use crate::text::order;
use crate::text::pages::Pages;
use crate::text::span::Span;

/// Who of the base is in the draft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// In order of place.
    pub links: Vec<Link>,
    /// For each speaker of the story: who they are in the base, if that is one entity.
    pub speakers: Vec<Option<EntityId>>,
}

/// Words that name an entity of the base.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where.
    pub place: Place,
    /// Who; several where it is ambiguous, the more popular first.
    pub who: Vec<EntityId>,
    /// How.
    pub how: How,
    /// Whether it lies between quotation marks.
    pub is_quoted: bool,
}

impl Link {
    /// The entity, if it is one and the words name it: not a place by its inhabitants, nor a government by its city.
    pub fn sure(&self) -> Option<EntityId> {
        let names = !matches!(self.how, How::Demonym | How::Metonym);
        match self.who.as_slice() {
            [one] if names => Some(*one),
            _ => None,
        }
    }
}

impl Known {
    /// The link at a place of a block, the narrowest.
    pub fn at(&self, block: usize, inside: usize) -> Option<&Link> {
        let links = self.of(block).iter();
        let touching = links.filter(|link| link.place.span.touches(inside));
        touching.min_by_key(|link| link.place.span.len())
    }

    /// The links of a block.
    pub fn of(&self, block: usize) -> &[Link] {
        let start = self.links.partition_point(|link| link.place.block < block);
        let end = self.links.partition_point(|link| link.place.block <= block);
        &self.links[start..end]
    }
}

/// How far into the story a surname may stand before its full name, in bytes of copy.
const LOOKS_FORWARD: usize = 200;

/// Whom a key means, and since when.
#[derive(Default)]
struct Bearers(Vec<(EntityId, Place)>);

/// Links the blocks' names and the story's speakers.
pub fn known(story: &Story, tree: &Tree, named: &Pages<Arc<Named>>, base: &Base) -> Known {
    let mut known = Known {
        links: Vec::new(),
        speakers: vec![None; story.speakers.len()],
    };
    if base.is_empty() {
        return known;
    }
    let read: Vec<usize> = (0..tree.blocks.len())
        .filter(|&block| is_copy(story.labels[block]))
        .collect();
    let mut by_key: FxHashMap<&str, Bearers> = FxHashMap::default();
    let mut by_given: FxHashMap<&str, Bearers> = FxHashMap::default();
    let mut by_acronym: FxHashMap<&str, (EntityId, Place)> = FxHashMap::default();
    for (place, mention) in mentions(&read, named) {
        if let ([who], How::Full) = (mention.who.as_slice(), mention.how) {
            let given = mention.given.as_deref().map(|given| (given, &mut by_given));
            given
                .into_iter()
                .for_each(|(given, map)| map.entry(given).or_default().add(*who, place));
            if let Some((key, _)) = &mention.acronym {
                by_acronym.entry(key).or_insert((*who, place));
            }
        }
        if mention.how == How::Full {
            for key in &mention.later {
                for who in &mention.who {
                    by_key.entry(key).or_default().add(*who, place);
                }
            }
        }
    }
    let strangers = strangers(story, named, &read);
    let mut copy = 0;
    for &block in &read {
        let is_early = copy < LOOKS_FORWARD || story.labels[block] == Label::Headline;
        if story.labels[block] != Label::Headline {
            copy += tree.blocks[block].block.content.len();
        }
        let link = |span: Span, who: Vec<EntityId>, how: How, is_quoted: bool| Link {
            place: Place { block, span },
            who,
            how,
            is_quoted,
        };
        for mention in &named[block].mentions {
            let who = match mention.how {
                How::Generic => named_before(&known.links, &mention.who),
                _ => mention.who.clone(),
            };
            if !who.is_empty() {
                known
                    .links
                    .push(link(mention.span, who, mention.how, mention.is_quoted));
            }
            if let (Some((_, span)), [who]) = (&mention.acronym, mention.who.as_slice()) {
                known
                    .links
                    .push(link(*span, vec![*who], How::Acronym, mention.is_quoted));
            }
        }
        for loose in &named[block].loose {
            let place = Place {
                block,
                span: loose.span,
            };
            if known
                .of(block)
                .iter()
                .any(|link| link.place.span.overlaps(loose.span))
            {
                continue;
            }
            let acronym = by_acronym
                .get(loose.key.as_str())
                .filter(|(_, since)| loose.is_caps && *since < place);
            if let Some((who, _)) = acronym {
                known
                    .links
                    .push(link(loose.span, vec![*who], How::Acronym, loose.is_quoted));
                continue;
            }
            if let Some((span, who, how)) =
                second(loose, place, is_early, &by_key, &by_given, &strangers, base)
            {
                known.links.push(link(span, who, how, loose.is_quoted));
            }
        }
        let start = known.links.partition_point(|link| link.place.block < block);
        order::short_by_key(&mut known.links[start..], |link| link.place);
    }
    speakers(story, &mut known, base);
    known
}

fn is_copy(label: Label) -> bool {
    !matches!(label, Label::NotCopy | Label::Furniture | Label::Rights)
}

fn mentions<'a>(
    read: &'a [usize],
    named: &'a Pages<Arc<Named>>,
) -> impl Iterator<Item = (Place, &'a Mention)> {
    read.iter().flat_map(|&block| {
        let mentions = named[block].mentions.iter();
        mentions.map(move |mention| {
            (
                Place {
                    block,
                    span: mention.span,
                },
                mention,
            )
        })
    })
}

impl Bearers {
    fn add(&mut self, who: EntityId, since: Place) {
        if !self.0.iter().any(|(known, _)| *known == who) {
            self.0.push((who, since));
        }
    }

    /// Everybody named before a place; those named after it where the words stand early in the story.
    fn before(&self, place: Place, is_early: bool) -> Vec<EntityId> {
        let before: Vec<EntityId> = self
            .0
            .iter()
            .filter(|(_, since)| *since < place)
            .map(|(who, _)| *who)
            .collect();
        match before.is_empty() && is_early {
            true => self.0.iter().map(|(who, _)| *who).collect(),
            false => before,
        }
    }
}

/// The surnames of people in the draft whom the base does not know, with the place of their first full name.
fn strangers(story: &Story, named: &Pages<Arc<Named>>, read: &[usize]) -> FxHashMap<String, Place> {
    let mut strangers = FxHashMap::default();
    for speaker in &story.speakers {
        if speaker.kind != SpeakerKind::Person || !speaker.name.contains(' ') {
            continue;
        }
        let Some(surname) = &speaker.surname else {
            continue;
        };
        let is_known = speaker.mentions.iter().any(|place| {
            read.contains(&place.block)
                && named[place.block]
                    .mentions
                    .iter()
                    .any(|mention| mention.how == How::Full && mention.span.overlaps(place.span))
        });
        if let (false, Some(first)) = (is_known, speaker.mentions.first()) {
            strangers.entry(fold(surname)).or_insert(*first);
        }
    }
    strangers
}

type ByKey<'a> = FxHashMap<&'a str, Bearers>;

/// Whom a capital that stands alone names again, and by which words.
fn second(
    loose: &Loose,
    place: Place,
    is_early: bool,
    by_key: &ByKey,
    by_given: &ByKey,
    strangers: &FxHashMap<String, Place>,
    base: &Base,
) -> Option<(Span, Vec<EntityId>, How)> {
    let whole = loose
        .with_particles
        .as_ref()
        .map(|(span, key)| (*span, key.as_str()));
    let bare = (loose.span, loose.key.as_str());
    for (span, key) in whole.into_iter().chain([bare]) {
        let who = by_key
            .get(key)
            .map_or_else(Vec::new, |bearers| bearers.before(place, is_early));
        if who.is_empty() {
            continue;
        }
        let has_stranger = strangers.contains_key(key);
        if has_stranger || loose.may_be_common && is_common(key) {
            return None;
        }
        return Some((span, who, How::Surname));
    }
    if !loose.may_be_common
        && let Some(who) = base.by_surname_alone(bare.1)
    {
        return Some((loose.span, vec![who], How::Alone));
    }
    let given = by_given.get(bare.1)?.before(place, false);
    let is_one = given.len() == 1 && !(loose.may_be_common && is_common(bare.1));
    is_one.then_some((loose.span, given, How::Given))
}

/// Surnames and forenames that are words too: with a capital they may only begin a sentence.
fn is_common(key: &str) -> bool {
    const WORDS: &[&str] = &[
        "banks", "bell", "bill", "black", "brown", "bush", "church", "cook", "day", "field",
        "fields", "fish", "ford", "forest", "frank", "grant", "gray", "green", "grey", "hall",
        "hill", "hope", "hunt", "joy", "judge", "king", "lake", "long", "major", "mark", "marsh",
        "may", "mercy", "moody", "moon", "park", "pike", "pope", "power", "price", "rice", "rich",
        "rose", "short", "small", "snow", "speaker", "stone", "strange", "street", "sharp",
        "summers", "waters", "west", "white", "will", "winter", "wood", "woods", "young", "early",
        "cash", "love", "gates", "sessions", "sanders", "shields", "rocks", "ball", "nice", "best",
        "little", "noble", "savage",
    ];
    WORDS.contains(&key)
}

/// The body that was named before by its own name, if it is one of these and no other of them was.
fn named_before(links: &[Link], who: &[EntityId]) -> Vec<EntityId> {
    let mut named: Vec<EntityId> = links
        .iter()
        .filter(|link| matches!(link.how, How::Full | How::Acronym))
        .filter_map(|link| link.sure())
        .filter(|one| who.contains(one))
        .collect();
    named.sort_unstable();
    named.dedup();
    if named.len() == 1 { named } else { Vec::new() }
}

/// Who each speaker is: by the draft's own record, by the links on their mentions, by their name.
fn speakers(story: &Story, known: &mut Known, base: &Base) {
    for (index, speaker) in story.speakers.iter().enumerate() {
        let wanted = match speaker.kind {
            SpeakerKind::Person => Kind::Person,
            SpeakerKind::Body | SpeakerKind::Outlet | SpeakerKind::Institution => Kind::Org,
            SpeakerKind::Document | SpeakerKind::Anonymous | SpeakerKind::Collective => continue,
        };
        let in_draft = speaker
            .entity
            .map(|index| story.entities[index].id.as_str());
        let by_id = in_draft.and_then(|id| base.by_id(id));
        let mut found: Vec<EntityId> = by_id.into_iter().collect();
        if found.is_empty() {
            for place in &speaker.mentions {
                let links = known.of(place.block).iter();
                let named = links.filter(|link| {
                    matches!(
                        link.how,
                        How::Full | How::Misspelt | How::Acronym | How::Alone | How::Surname
                    ) && place.span.covers(link.place.span)
                });
                for link in named {
                    // Ambiguous words say nothing, and are no reason against another link.
                    if let Some(who) = link.sure().filter(|who| !found.contains(who)) {
                        found.push(who);
                    }
                }
            }
        }
        found.retain(|who| {
            base.kind(*who)
                .is_some_and(|kind| kind == wanted || kind == Kind::Place && wanted == Kind::Org)
        });
        known.speakers[index] = match found.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
    }
}
