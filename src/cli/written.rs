//! JSON written piece by piece: the names of members are copied as they stand, in far fewer steps than a serializer takes.

/// JSON that is being written.
#[derive(Debug, Default)]
pub struct Written(Vec<u8>);

impl Written {
    /// Nothing yet, with room for so many bytes.
    pub fn with_room(bytes: usize) -> Written {
        Written(Vec::with_capacity(bytes))
    }

    /// Brackets, commas and names, or a value that is JSON already.
    #[inline]
    pub fn as_is(&mut self, json: &str) {
        self.0.extend_from_slice(json.as_bytes());
    }

    /// A string.
    pub fn text(&mut self, words: &str) {
        // Hardly a string has a byte that must not stand in JSON; all are looked at, many at once.
        let is_escaped = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
        match words
            .bytes()
            .fold(false, |any, byte| any | is_escaped(byte))
        {
            true => self.as_is(&of(words)),
            false => self.name(words),
        }
    }

    /// A string of ours, in which nothing needs to be escaped.
    pub fn name(&mut self, words: &str) {
        self.0.reserve(words.len() + 2);
        self.0.push(b'"');
        self.as_is(words);
        self.0.push(b'"');
    }

    /// A whole number.
    pub fn number(&mut self, mut number: usize) {
        let mut digits = [0; 20];
        let mut from = digits.len();
        loop {
            from -= 1;
            digits[from] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                break;
            }
        }
        self.0.extend_from_slice(&digits[from..]);
    }

    /// What there is, as `write` writes it, or `null`.
    pub fn or_null<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Written, T)) {
        match value {
            Some(value) => write(self, value),
            None => self.as_is("null"),
        }
    }

    /// An array of what `write` writes for each.
    pub fn row<T>(
        &mut self,
        all: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Written, T),
    ) {
        self.0.push(b'[');
        let start = self.0.len();
        for one in all {
            self.link(start);
            write(self, one);
        }
        self.0.push(b']');
    }

    /// A comma behind what stands before, if anything does from the byte `start` on.
    pub fn link(&mut self, start: usize) {
        if self.0.len() > start {
            self.0.push(b',');
        }
    }

    /// What was written elsewhere.
    pub fn append(&mut self, other: &Written) {
        self.0.extend_from_slice(&other.0);
    }

    /// How many bytes were written.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is written yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What was written.
    pub fn into_string(self) -> String {
        String::from_utf8(self.0).expect("JSON is text")
    }
}

/// A string as JSON.
pub fn of(words: &str) -> String {
    serde_json::to_string(words).expect("a string is always JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_a_serializer_writes() {
        for byte in (0..0x300).filter_map(char::from_u32) {
            let words = format!("a{byte}b and more behind it, so that many are looked at at once");
            let mut written = Written::default();
            written.text(&words);
            assert_eq!(written.into_string(), of(&words));
        }
        for number in [0, 7, 10, 99, 100, 12_345, usize::MAX] {
            let mut written = Written::default();
            written.row([number, 1], Written::number);
            written.or_null(None, Written::number);
            assert_eq!(written.into_string(), format!("[{number},1]null"));
        }
    }
}
