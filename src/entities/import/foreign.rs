//! Records of other people's formats, turned into objects with our own keys.

use serde_json::{Map, Value, json};

/// An object of FollowTheMoney as one of ours; none for what is no person, body or office.
pub fn follow_the_money(object: &Value) -> Option<Value> {
    let kind = match object["schema"].as_str()? {
        "Person" => "person",
        "Organization" | "Company" | "PublicBody" | "LegalEntity" => "org",
        "Position" => "office",
        _ => return None,
    };
    let all = |key: &str| -> Vec<&str> {
        let list = object["properties"][key].as_array();
        list.into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    };
    let first = |key: &str| all(key).first().copied();
    // A name known to be weak never stands for somebody alone, so it is left out.
    let names = all("name");
    let name = object["caption"].as_str().or(names.first().copied())?;
    let aliases: Vec<&str> = names
        .iter()
        .chain(&all("alias"))
        .copied()
        .filter(|other| *other != name)
        .collect();
    let roles: Vec<Value> = all("position")
        .iter()
        .map(|title| json!({ "title": title }))
        .collect();
    Some(json!({
        "kind": kind, "id": object["id"], "name": name, "aliases": aliases,
        "family": first("lastName"), "roles": roles, "country": first("country"),
        "died": first("deathDate"), "wikidata": first("wikidataId"),
        "topics": all("topics"), "acronym": first("abbreviation"),
    }))
}

/// A document of Popolo as ours: persons with their memberships, and organizations.
pub fn popolo(document: &Value) -> Vec<Value> {
    let list = |key: &str| document[key].as_array().into_iter().flatten();
    let name_of = |key: &str, id: &Value| -> Option<String> {
        let found = list(key).find(|one| one["id"] == *id && !id.is_null())?;
        let name = found["name"].as_str().or(found["label"].as_str())?;
        Some(name.to_owned())
    };
    let names: std::collections::HashMap<&str, String> = list("organizations")
        .filter_map(|one| Some((one["id"].as_str()?, one["name"].as_str()?.to_owned())))
        .collect();
    let mut by_person: std::collections::HashMap<&str, Vec<&Value>> =
        std::collections::HashMap::new();
    for membership in list("memberships") {
        if let Some(person) = membership["person_id"].as_str() {
            by_person.entry(person).or_default().push(membership);
        }
    }
    let role = |membership: &Value| {
        let post = name_of("posts", &membership["post_id"]);
        let period = &membership["legislative_period_id"];
        let event = list("events").find(|event| event["id"] == *period && !period.is_null());
        let day = |key: &str| {
            let own = membership[key].as_str();
            own.or_else(|| event.and_then(|event| event[key].as_str()))
                .map(str::to_owned)
        };
        let organization = membership["organization_id"].as_str();
        json!({
            "title": membership["role"].as_str().map(str::to_owned).or(post),
            "org": organization.and_then(|id| names.get(id)),
            "from": day("start_date"), "to": day("end_date"),
        })
    };
    let one = |kind: &str, object: &Value| {
        let mut roles: Vec<Value> = Vec::new();
        let inside = object["memberships"].as_array().into_iter().flatten();
        let outside = object["id"]
            .as_str()
            .and_then(|id| by_person.get(id))
            .into_iter()
            .flatten()
            .copied();
        if kind == "person" {
            roles.extend(inside.chain(outside).map(role));
        }
        let others = object["other_names"].as_array().into_iter().flatten();
        let aliases: Vec<&str> = others.filter_map(|other| other["name"].as_str()).collect();
        let mut ids = Map::new();
        for identifier in object["identifiers"].as_array().into_iter().flatten() {
            if let (Some(scheme), Some(value)) = (
                identifier["scheme"].as_str(),
                identifier["identifier"].as_str(),
            ) {
                ids.insert(scheme.to_owned(), value.into());
            }
        }
        json!({
            "kind": kind, "id": object["id"], "name": object["name"], "aliases": aliases,
            "family": object["family_name"], "ids": ids, "roles": roles,
            "died": object["death_date"], "gender": object["gender"],
        })
    };
    let persons = list("persons").map(|object| one("person", object));
    persons
        .chain(list("organizations").map(|object| one("org", object)))
        .collect()
}

/// Classes of Wikidata that are kept, and what they are to us.
const CLASSES: &[(&str, &str)] = &[
    ("Q5", "person"),
    ("Q43229", "org"),
    ("Q4830453", "org"),
    ("Q6881511", "org"),
    ("Q891723", "org"),
    ("Q7278", "org"),
    ("Q327333", "org"),
    ("Q192350", "org"),
    ("Q484652", "org"),
    ("Q163740", "org"),
    ("Q11032", "org"),
    ("Q1193236", "org"),
    ("Q3918", "org"),
    ("Q6256", "place"),
    ("Q3624078", "place"),
    ("Q515", "place"),
    ("Q1549591", "place"),
    ("Q35657", "place"),
    ("Q4164871", "office"),
    ("Q294414", "office"),
];

/// An entity of a Wikidata dump as one of ours; none for what is of no class that we keep, or has no name.
pub fn wikidata(object: &Value, language: &str) -> Option<Value> {
    let claims = |property: &str| object["claims"][property].as_array().into_iter().flatten();
    let id_of = |claim: &Value| {
        claim["mainsnak"]["datavalue"]["value"]["id"]
            .as_str()
            .map(str::to_owned)
    };
    let classes: Vec<String> = claims("P31").filter_map(id_of).collect();
    let kind = CLASSES
        .iter()
        .find(|(class, _)| classes.iter().any(|one| one == class))?
        .1;
    let labels = &object["labels"];
    let label = |language: &str| labels[language]["value"].as_str();
    let name = label(language).or_else(|| label("mul"))?;
    let others = object["aliases"][language].as_array().into_iter().flatten();
    let aliases: Vec<&str> = others.filter_map(|alias| alias["value"].as_str()).collect();
    let roles: Vec<Value> = claims("P39")
        .filter(|claim| claim["rank"].as_str() != Some("deprecated"))
        .filter_map(|claim| {
            let day = |property: &str| {
                let first = claim["qualifiers"][property].as_array()?.first()?;
                self::day(&first["datavalue"]["value"])
            };
            Some(json!({ "office": id_of(claim)?, "from": day("P580"), "to": day("P582") }))
        })
        .collect();
    let died = claims("P570").find_map(|claim| day(&claim["mainsnak"]["datavalue"]["value"]));
    let links = object["sitelinks"].as_object().map_or(0, Map::len);
    Some(json!({
        "kind": kind, "id": object["id"], "name": name, "aliases": aliases, "roles": roles, "died": died,
        "ids": { "wikidata": object["id"] }, "popularity": links,
        "description": object["descriptions"][language]["value"],
    }))
}

/// A time of Wikidata with its precision (9 a year, 10 a month, 11 a day) as a day of ours.
fn day(value: &Value) -> Option<String> {
    let time = value["time"].as_str()?.strip_prefix('+')?;
    let length = match value["precision"].as_u64()? {
        9 => 4,
        10 => 7,
        11.. => 10,
        _ => return None,
    };
    time.get(..length).map(str::to_owned)
}

/// A member of congress-legislators as one of ours.
pub fn legislator(object: &Value) -> Option<Value> {
    let name = &object["name"];
    let word = |key: &str| name[key].as_str();
    let plain = [word("first"), word("last")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let full = word("official_full")
        .map(str::to_owned)
        .unwrap_or(plain.clone());
    let mut aliases = vec![plain];
    if let (Some(nickname), Some(last)) = (word("nickname"), word("last")) {
        aliases.push(format!("{nickname} {last}"));
    }
    aliases.retain(|alias| *alias != full);
    let roles: Vec<Value> = object["terms"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|term| {
            let title = match term["type"].as_str() {
                Some("sen") => "U.S. senator",
                Some("rep") => "U.S. representative",
                Some("prez") => "U.S. president",
                Some("viceprez") => "U.S. vice president",
                _ => "member of Congress",
            };
            json!({ "title": title, "org": term["state"], "from": term["start"], "to": term["end"] })
        })
        .collect();
    let mut ids = Map::new();
    for (scheme, value) in object["id"].as_object().into_iter().flatten() {
        if let Some(value) = value.as_str() {
            ids.insert(scheme.clone(), value.into());
        }
    }
    let id = ids
        .get("bioguide")
        .and_then(Value::as_str)
        .map(|id| format!("bioguide:{id}"));
    (!full.is_empty()).then(|| {
        json!({
            "kind": "person", "id": id, "name": full, "aliases": aliases, "family": name["last"],
            "ids": ids, "roles": roles, "country": "US", "gender": object["bio"]["gender"],
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::import::json::object;
    use crate::entities::record::{Layer, Record};
    use crate::text::span::Span;

    fn record(made: &Value) -> Record {
        let (record, mistakes) =
            object(made, Span::at(0), &"x".into(), Layer::Imported).expect("a record");
        assert_eq!(mistakes, []);
        *record
    }

    fn role(record: &Record, at: usize) -> String {
        let role = &record.roles[at];
        let day = |day: Option<crate::entities::day::Day>| {
            day.map_or("…".to_owned(), |day| day.to_string())
        };
        let title = role
            .title
            .as_deref()
            .or(role.office.as_deref())
            .unwrap_or("?");
        format!(
            "{title}, {}, {} to {}",
            role.org.as_deref().unwrap_or("-"),
            day(role.from),
            day(role.to)
        )
    }

    #[test]
    fn follow_the_money_has_lists_of_everything() {
        let made = follow_the_money(
            &json!({"id": "NK-1", "schema": "Person", "caption": "Dana Ortiz", "properties": {
            "name": ["Dana Ortiz", "Dana M. Ortiz"], "alias": ["La Capitana"], "weakAlias": ["Dana"], "position": ["mayor"], "wikidataId": ["Q2"]}}),
        );
        let made = record(&made.unwrap());
        assert_eq!(made.variants, ["Dana M. Ortiz", "La Capitana"]);
        assert_eq!(made.ids, [("wikidata".to_owned(), "Q2".to_owned())]);
        assert_eq!(role(&made, 0), "mayor, -, … to …");
        assert_eq!(
            follow_the_money(&json!({"id": "x", "schema": "Vessel"})),
            None
        );
    }

    #[test]
    fn popolo_ties_people_to_bodies_by_memberships() {
        let made = popolo(&json!({
            "persons": [{"id": "p1", "name": "Dana Ortiz", "other_names": [{"name": "D. Ortiz"}], "identifiers": [{"scheme": "wikidata", "identifier": "Q2"}]}],
            "organizations": [{"id": "o1", "name": "Harbor Council"}],
            "events": [{"id": "t1", "start_date": "2020-01-01", "end_date": "2024-01-01"}],
            "memberships": [{"person_id": "p1", "organization_id": "o1", "role": "member", "legislative_period_id": "t1"}]}));
        let person = record(&made[0]);
        assert_eq!(
            role(&person, 0),
            "member, Harbor Council, 2020-01-01 to 2024-01-01"
        );
        assert_eq!(record(&made[1]).name, "Harbor Council");
    }

    #[test]
    fn wikidata_has_dates_with_a_precision() {
        let claim = |id: &str| json!({"mainsnak": {"datavalue": {"value": {"id": id}}}});
        let mut held = claim("Q77");
        held["qualifiers"] = json!({
            "P580": [{"datavalue": {"value": {"time": "+2023-08-31T00:00:00Z", "precision": 11}}}],
            "P582": [{"datavalue": {"value": {"time": "+2024-07-00T00:00:00Z", "precision": 10}}}]});
        let object = json!({"id": "Q2", "labels": {"en": {"value": "Dana Ortiz"}}, "aliases": {"en": [{"value": "D. Ortiz"}]},
            "claims": {"P31": [claim("Q5")], "P39": [held]}, "sitelinks": {"enwiki": {}, "dewiki": {}}});
        let made = record(&wikidata(&object, "en").unwrap());
        assert_eq!(role(&made, 0), "Q77, -, 2023-08-31 to 2024-07");
        assert_eq!((made.popularity, made.variants.len()), (2, 1));
        assert_eq!(wikidata(&object, "de"), None);
        assert_eq!(
            wikidata(
                &json!({"id": "Q1", "claims": {"P31": [claim("Q523")]}}),
                "en"
            ),
            None
        );
    }

    #[test]
    fn a_legislator_has_terms() {
        let made = record(&legislator(&json!({"id": {"bioguide": "O1", "wikidata": "Q2"}, "name": {"first": "Dana", "last": "Ortiz", "official_full": "Dana M. Ortiz"},
            "terms": [{"type": "sen", "start": "2021-01-03", "end": "2027-01-03", "state": "OH"}]})).unwrap());
        assert_eq!(
            (made.id.as_str(), made.variants.as_slice()),
            ("bioguide:O1", &["Dana Ortiz".to_owned()][..])
        );
        assert_eq!(role(&made, 0), "U.S. senator, OH, 2021-01-03 to 2027-01-03");
    }
}
