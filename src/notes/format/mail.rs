//! Mails as files.

use mail_parser::MessageParser;

use crate::notes::record::{Cue, Source};

/// Reads a mail; none where it has no words.
pub fn read(bytes: &[u8]) -> Option<Source> {
    let message = MessageParser::default().parse(bytes)?;
    let body = message.body_text(0)?.into_owned();
    let sender = message.from().and_then(|from| from.first());
    let author = sender.and_then(|one| one.name().or(one.address()));
    let mut source = Source {
        author: author.map(str::to_owned),
        date: message.date().map(|date| date.to_rfc3339()),
        ..Source::default()
    };
    // Where the body stands in the file as it is, its lines are the file's.
    let raw = String::from_utf8_lossy(bytes);
    let first = body.lines().find(|line| line.trim().len() > 3);
    let skipped = first.and_then(|first| {
        let head = raw.find("\r\n\r\n").or(raw.find("\n\n"))?;
        let at = head + raw[head..].find(first.trim_end())?;
        let in_file = raw[..at].matches('\n').count();
        let in_body = body.lines().take_while(|line| *line != first).count();
        in_file.checked_sub(in_body)
    });
    if let Some(skipped) = skipped {
        let mut at = 0;
        for (number, line) in body.split_inclusive('\n').enumerate() {
            source.cues.push(Cue {
                at,
                place: None,
                voice: None,
                line: (skipped + number) as u32 + 1,
            });
            at += line.len();
        }
    }
    source.text = body;
    Some(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_says_who_and_on_which_line() {
        let source = read(b"From: Dana Ortiz <do@harlan.example>\r\nDate: Tue, 9 Jul 2024 10:00:00 +0000\r\nSubject: pier\r\n\r\nDear Jo,\r\n\r\nWe had no warning.\r\n")
            .expect("it is a mail");
        assert_eq!(source.author.as_deref(), Some("Dana Ortiz"));
        assert!(source.text.contains("We had no warning."));
        let at = source.text.find("We had").expect("it stands there");
        let cue = source
            .cues
            .iter()
            .rfind(|cue| cue.at <= at)
            .expect("a line");
        assert_eq!(cue.line, 7);
    }

    #[test]
    fn encoded_words_are_decoded() {
        let source = read(b"From: =?utf-8?q?P=C3=A5l?= <p@harlan.example>\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>We had <b>no</b> caf=C3=A9.</p>\n")
            .expect("it is a mail");
        assert_eq!(source.author.as_deref(), Some("Pål"));
        assert!(source.text.contains("We had no café."), "{}", source.text);
    }
}
