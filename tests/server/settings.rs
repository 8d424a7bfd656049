//! Settings missing, null, wrong and right.

use serde_json::json;

use crate::support::{Client, Manners};
use crate::{STORY, codes, pulling};

#[test]
fn changed_settings_make_a_client_that_asks_ask_again() {
    let mut client = Client::start(pulling());
    client.open("untitled:1", STORY);
    let settings = json!({"onrecord": {"profile": "feature"}});
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": settings}),
    );
    client.wait(|client| (client.refreshes == 1).then_some(()));
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": settings}),
    );
    client.notify(
        "workspace/didChangeConfiguration",
        json!({"settings": null}),
    );
    client.wait(|client| (client.refreshes == 2).then_some(()));
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn settings_may_be_missing_null_or_wrong() {
    for (settings, complaints) in [
        (json!(null), 0),
        (json!({}), 0),
        (json!({"profile": null, "hold": "off"}), 0),
        (json!({"profile": 4, "hold": [], "severity": "warning"}), 2),
        (json!("loud"), 1),
    ] {
        let mut client = Client::start(Manners {
            capabilities: json!({"workspace": {
                "configuration": true,
                "didChangeConfiguration": {"dynamicRegistration": true},
            }}),
            settings: Some(settings.clone()),
            ..Manners::default()
        });
        client.open("untitled:1", STORY);
        client.wait_for_published("untitled:1", 1);
        client.wait(|client| (client.log.len() == complaints).then_some(()));
        assert!(
            client
                .log
                .iter()
                .all(|line| line.starts_with("Setting onrecord"))
        );
        client.settings_are(json!({"profile": "wire"}));
        client.notify(
            "workspace/didChangeConfiguration",
            json!({"settings": null}),
        );
        assert_eq!(client.text("untitled:1").0, STORY);
        assert_eq!(client.shut_down(), 0);
    }
}

#[test]
fn settings_may_come_with_the_introduction() {
    let client = Client::start(Manners {
        params: json!({
            "initializationOptions": {"profile": "loud"},
            "workspaceFolders": [{"uri": "file:///news", "name": "news"}],
        }),
        ..Manners::default()
    });
    let mut client = client;
    let complaint = client.wait(|client| client.log.pop_front());
    assert!(
        complaint.starts_with("Setting onrecord.profile is not used"),
        "{complaint}"
    );
    let event = json!({"added": [{"uri": "file:///b", "name": "b"}], "removed": []});
    client.notify(
        "workspace/didChangeWorkspaceFolders",
        json!({"event": event}),
    );
    assert_eq!(client.shut_down(), 0);
}

#[test]
fn levels_set_in_the_editor_count_and_unknown_rules_are_named() {
    let rules = json!({"claim-figure-unattributed": "off", "claim-figre": "off"});
    let mut client = Client::start(Manners {
        params: json!({"initializationOptions": {"rules": rules}}),
        ..Manners::default()
    });
    client.open("untitled:1", "Crime fell 15% last year.\n");
    let shown = client.wait_for_published("untitled:1", 1);
    assert_eq!(codes(&shown.diagnostics), Vec::<&str>::new());
    let complaint = client.wait(|client| client.log.pop_front());
    assert!(
        complaint.contains("onrecord.rules.claim-figre"),
        "{complaint}"
    );
    assert_eq!(client.shut_down(), 0);
}
