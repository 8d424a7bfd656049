//! Ten thousand edits and hovers keep their order.

use serde_json::{Value, json};

use crate::STORY;
use crate::support::{Client, Manners};

/// A source of chances that is the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

#[test]
fn ten_thousand_edits_and_hovers_keep_their_order() {
    const WORDS: [&str; 12] = [
        "“",
        "”",
        "‘No,’ ",
        "said ",
        "Ruth Abel ",
        "😀",
        "\n\n",
        "\r\n",
        "é",
        "👩‍👧",
        ". ",
        "TK ",
    ];
    let mut dice = Dice(20_260_304);
    let mut client = Client::start(Manners::default());
    let uri = "file:///news/order.lede";
    let mut text = STORY.to_owned();
    client.open(uri, &text);
    let mut expected = Vec::new();
    let mut hovers = Vec::new();
    for version in 2..=10_001 {
        let starts: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .filter(|at| !is_inside_crlf(&text, *at))
            .collect();
        let first = dice.below(starts.len());
        // A long text is cut more than it grows.
        let cut = if text.len() > 400 { 40 } else { 3 };
        let last = (first + dice.below(cut)).min(starts.len() - 1);
        let (start, end) = (starts[first], starts[last]);
        let word = WORDS[dice.below(WORDS.len())];
        let range = json!({"start": position(&text, start), "end": position(&text, end)});
        client.change(uri, version, json!([{"range": range, "text": word}]));
        text.replace_range(start..end, word);

        let at = position(&text, 0);
        let document = json!({"uri": uri});
        hovers.push(client.ask(
            "textDocument/hover",
            json!({"textDocument": document, "position": at}),
        ));
        // It goes the same way as the hover, and says what that saw.
        let seen = client.ask("onrecord/text", document);
        expected.push((seen, version, text.clone()));
    }
    for (id, version, text) in expected {
        let answer = client.answer(id).unwrap();
        assert_eq!(answer["version"], version);
        assert_eq!(answer["text"], text);
    }
    for id in hovers {
        client.answer(id).unwrap();
    }
    assert_eq!(client.text(uri), (text, 10_001));
    let mut newest = 0;
    while newest < 10_001 {
        let next = client.wait(|client| client.published.pop_front());
        let version = next.version.unwrap();
        assert!(
            version >= newest,
            "version {version} was published after {newest}"
        );
        newest = version;
    }
    assert_eq!(client.shut_down(), 0);
}

fn is_inside_crlf(text: &str, at: usize) -> bool {
    text[..at].ends_with('\r') && text[at..].starts_with('\n')
}

/// Line and UTF-16 column of a byte, counted the plain way.
fn position(text: &str, at: usize) -> Value {
    let before = &text[..at];
    let line_start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let bytes = before.as_bytes();
    let ends = (0..bytes.len())
        .filter(|i| bytes[*i] == b'\n' || bytes[*i] == b'\r' && bytes.get(i + 1) != Some(&b'\n'));
    json!({
        "line": ends.count(),
        "character": text[line_start..at].encode_utf16().count(),
    })
}
