//! What the bytes of a PDF file's strings say, by their font.
//!
//! lopdf can tell it too, by a list of four thousand names of letters that would be a thirtieth of the whole program.

use lopdf::{Dictionary, Document, Object};
use unicode_normalization::UnicodeNormalization;

use crate::text::order;

/// Bytes that the table of a font may unfold to.
const MOST_BYTES: usize = 4 << 20;

/// How a font's bytes are read.
#[derive(Debug, Default)]
pub struct Font {
    /// What the font itself says of its codes: `ToUnicode`.
    told: Vec<Told>,
    /// The letter of each byte, of a font whose codes are bytes.
    letters: Option<Vec<char>>,
    /// Whether its codes are letters in two bytes each.
    is_wide: bool,
}

/// Codes in a row, and what they say.
#[derive(Debug, PartialEq)]
struct Told {
    /// Of how many bytes they are.
    bytes: usize,
    first: u32,
    last: u32,
    /// What the first one says, in UTF-16; the last unit grows with the code.
    units: Vec<u16>,
}

impl Font {
    /// The font of a dictionary.
    pub fn of(font: &Dictionary, document: &Document) -> Font {
        let stream = font.get_deref(b"ToUnicode", document);
        let table = stream.and_then(Object::as_stream);
        let table = table.and_then(|stream| stream.get_plain_content_with_limit(MOST_BYTES));
        let encoding = font.get_deref(b"Encoding", document).ok();
        let is_composed = font.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Type0");
        let name = encoding.and_then(|encoding| encoding.as_name().ok());
        let name = String::from_utf8_lossy(name.unwrap_or_default());
        Font {
            told: table.map(|table| told(&table)).unwrap_or_default(),
            letters: (!is_composed).then(|| letters(encoding, &name, document)),
            is_wide: name.starts_with("Uni") && (name.contains("UCS2") || name.contains("UTF16")),
        }
    }

    /// Puts what bytes say behind a text.
    pub fn read_onto(&self, bytes: &[u8], text: &mut String) {
        if self.is_wide && self.told.is_empty() {
            text.push_str(&String::from_utf16_lossy(&units(bytes)));
            return;
        }
        let mut rest = bytes;
        while let Some((byte, after)) = rest.split_first() {
            let mut lengths = 1..=rest.len().min(4);
            let found = lengths.find_map(|length| Some((length, self.says(&rest[..length])?)));
            rest = match (found, &self.letters) {
                (Some((length, units)), _) => {
                    text.push_str(&String::from_utf16_lossy(&units));
                    &rest[length..]
                }
                (None, Some(letters)) => {
                    text.extend(letters.get(usize::from(*byte)).filter(|c| !c.is_control()));
                    after
                }
                // All codes are as long as the longest that it tells.
                (None, None) => {
                    let lengths = self.told.iter().map(|told| told.bytes);
                    &rest[lengths.max().unwrap_or(1).min(rest.len())..]
                }
            };
        }
    }

    /// What the font says of a code.
    fn says(&self, code: &[u8]) -> Option<Vec<u16>> {
        let key = (code.len(), number(code));
        let after = self
            .told
            .partition_point(|told| (told.bytes, told.first) <= key);
        let told = self.told[..after].last()?;
        if told.bytes != key.0 || told.last < key.1 {
            return None;
        }
        let mut units = told.units.clone();
        if let Some(last) = units.last_mut() {
            *last = last.wrapping_add((key.1 - told.first) as u16);
        }
        Some(units)
    }
}

fn number(code: &[u8]) -> u32 {
    code.iter()
        .fold(0, |number, byte| number << 8 | u32::from(*byte))
}

/// The units of letters in two bytes each.
fn units(bytes: &[u8]) -> Vec<u16> {
    let units = bytes.chunks_exact(2);
    units
        .map(|unit| u16::from_be_bytes([unit[0], unit[1]]))
        .collect()
}

/// A word of a font's table.
#[derive(Debug)]
enum Word {
    /// `<0041>`
    Code(Vec<u8>),
    /// `[`
    Open,
    /// `]`
    Close,
    /// `endbfchar`
    Command(&'static str),
}

/// What a font's table says, in order of the codes.
fn told(table: &[u8]) -> Vec<Told> {
    let mut found: Vec<Told> = Vec::new();
    let mut add = |first: &[u8], last: &[u8], says: &[u8]| {
        if (1..=4).contains(&first.len()) && first.len() == last.len() {
            found.push(Told {
                bytes: first.len(),
                first: number(first),
                last: number(last),
                units: units(says),
            });
        }
    };
    let mut held: Vec<Word> = Vec::new();
    for word in words(table) {
        match word {
            Word::Command("endbfchar") => {
                for pair in held.chunks_exact(2) {
                    if let [Word::Code(code), Word::Code(says)] = pair {
                        add(code, code, says);
                    }
                }
                held.clear();
            }
            Word::Command("endbfrange") => {
                let mut rest = &held[..];
                while let [Word::Code(first), Word::Code(last), after @ ..] = rest {
                    rest = match after {
                        [Word::Code(says), after @ ..] => {
                            add(first, last, says);
                            after
                        }
                        [Word::Open, after @ ..] => {
                            let mut code = number(first);
                            let mut after = after;
                            while let [Word::Code(says), next @ ..] = after {
                                let bytes = code.to_be_bytes();
                                let own = &bytes[4 - first.len().min(4)..];
                                add(own, own, says);
                                code = code.wrapping_add(1);
                                after = next;
                            }
                            after.get(1..).unwrap_or_default()
                        }
                        _ => &[],
                    };
                }
                held.clear();
            }
            Word::Command(_) => held.clear(),
            other => held.push(other),
        }
    }
    order::by_key(&mut found, |told| (told.bytes, told.first));
    found
}

/// The words of a table that say what its codes mean.
fn words(table: &[u8]) -> Vec<Word> {
    const COMMANDS: &[&str] = &["beginbfchar", "endbfchar", "beginbfrange", "endbfrange"];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&byte) = table.get(at) {
        let rest = &table[at..];
        at += match byte {
            b'[' => {
                found.push(Word::Open);
                1
            }
            b']' => {
                found.push(Word::Close);
                1
            }
            b'%' => rest
                .iter()
                .position(|byte| matches!(byte, b'\r' | b'\n'))
                .unwrap_or(rest.len()),
            b'<' if rest.starts_with(b"<<") => 2,
            b'<' => {
                let end = rest
                    .iter()
                    .position(|byte| *byte == b'>')
                    .unwrap_or(rest.len());
                let digits: Vec<u8> = rest[..end]
                    .iter()
                    .filter_map(|byte| char::from(*byte).to_digit(16))
                    .map(|digit| digit as u8)
                    .collect();
                found.push(Word::Code(
                    digits
                        .chunks_exact(2)
                        .map(|two| two[0] << 4 | two[1])
                        .collect(),
                ));
                end + 1
            }
            _ if byte.is_ascii_alphabetic() => {
                let end = rest.iter().position(|byte| !byte.is_ascii_alphabetic());
                let word = &rest[..end.unwrap_or(rest.len())];
                let command = COMMANDS.iter().find(|command| command.as_bytes() == word);
                found.extend(command.map(|command| Word::Command(command)));
                word.len()
            }
            _ => 1,
        };
    }
    found
}

/// The letter of each byte, by the encoding of a font.
fn letters(encoding: Option<&Object>, name: &str, document: &Document) -> Vec<char> {
    let Some(dictionary) = encoding.and_then(|encoding| encoding.as_dict().ok()) else {
        return base(name);
    };
    let name = dictionary
        .get_deref(b"BaseEncoding", document)
        .and_then(Object::as_name);
    let mut letters = base(&String::from_utf8_lossy(name.unwrap_or_default()));
    let differences = dictionary.get_deref(b"Differences", document);
    let mut code = 0;
    for one in differences.and_then(Object::as_array).into_iter().flatten() {
        match one {
            Object::Integer(from) => code = *from,
            Object::Name(name) => {
                let own = usize::try_from(code)
                    .ok()
                    .and_then(|code| letters.get_mut(code));
                if let Some(own) = own {
                    *own = letter(&String::from_utf8_lossy(name)).unwrap_or('\0');
                }
                code += 1;
            }
            _ => {}
        }
    }
    letters
}

/// The letters of an encoding of a name; of none, those of the standard one.
fn base(name: &str) -> Vec<char> {
    // A blank where there is no letter.
    const STANDARD: &str = "¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß    ";
    const WINDOWS: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
    const MACINTOSH: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»… ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";
    let upper = match name {
        "MacRomanEncoding" => MACINTOSH,
        "WinAnsiEncoding" | "PDFDocEncoding" => WINDOWS,
        _ => STANDARD,
    };
    let from = if upper == STANDARD { 0xa1 } else { 0x80 };
    let mut letters: Vec<char> = (0u8..=255).map(char::from).collect();
    if upper == STANDARD {
        letters[0x7f..0xa1].fill('\0');
        (letters[0x27], letters[0x60]) = ('’', '‘');
    }
    if upper == WINDOWS {
        (letters[0xa0], letters[0xad]) = (' ', '-');
    }
    for (own, letter) in letters[from..].iter_mut().zip(upper.chars()) {
        *own = if letter == ' ' { '\0' } else { letter };
    }
    letters
}

/// The letter of a name: `a`, `eacute`, `quoteright`, `uni0151`, `f.alt`.
fn letter(name: &str) -> Option<char> {
    const NAMES: &str = "exclam ! quotedbl \" numbersign # dollar $ percent % ampersand & quotesingle ' parenleft ( parenright ) \
                         asterisk * plus + comma , hyphen - period . slash / zero 0 one 1 two 2 three 3 four 4 five 5 six 6 \
                         seven 7 eight 8 nine 9 colon : semicolon ; less < equal = greater > question ? at @ bracketleft [ \
                         backslash \\ bracketright ] asciicircum ^ underscore _ grave ` braceleft { bar | braceright } \
                         asciitilde ~ quoteleft ‘ quoteright ’ quotedblleft “ quotedblright ” quotesinglbase ‚ quotedblbase „ \
                         guillemotleft « guillemotright » guilsinglleft ‹ guilsinglright › endash – emdash — ellipsis … \
                         bullet • dagger † daggerdbl ‡ perthousand ‰ fi ﬁ fl ﬂ ff ﬀ ffi ﬃ ffl ﬄ germandbls ß ae æ AE Æ oe œ \
                         OE Œ oslash ø Oslash Ø lslash ł Lslash Ł dotlessi ı eth ð Eth Ð thorn þ Thorn Þ dcroat đ Dcroat Đ \
                         hbar ħ Hbar Ħ eng ŋ Eng Ŋ exclamdown ¡ questiondown ¿ cent ¢ sterling £ yen ¥ Euro € currency ¤ florin \
                         ƒ fraction ⁄ section § paragraph ¶ copyright © registered ® trademark ™ ordfeminine ª ordmasculine º \
                         degree ° plusminus ± multiply × divide ÷ minus − mu µ periodcentered · brokenbar ¦ logicalnot ¬ \
                         onehalf ½ onequarter ¼ threequarters ¾ onesuperior ¹ twosuperior ² threesuperior ³ acute ´ dieresis ¨ \
                         circumflex ˆ tilde ˜ macron ¯ breve ˘ dotaccent ˙ ring ˚ cedilla ¸ hungarumlaut ˝ ogonek ˛ caron ˇ";
    const ACCENTS: &[(&str, char)] = &[
        ("grave", '\u{300}'),
        ("acute", '\u{301}'),
        ("circumflex", '\u{302}'),
        ("tilde", '\u{303}'),
        ("macron", '\u{304}'),
        ("breve", '\u{306}'),
        ("dotaccent", '\u{307}'),
        ("dieresis", '\u{308}'),
        ("ring", '\u{30a}'),
        ("hungarumlaut", '\u{30b}'),
        ("caron", '\u{30c}'),
        ("commaaccent", '\u{327}'),
        ("cedilla", '\u{327}'),
        ("ogonek", '\u{328}'),
    ];
    const GREEK: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma1 sigma tau \
                         upsilon phi chi psi omega";
    // “a.sc” is an a.
    let name = name.split('.').next()?;
    let first = name.chars().next()?;
    let rest = &name[first.len_utf8()..];
    if rest.is_empty() {
        return Some(first);
    }
    if name.ends_with("space") {
        return Some(' ');
    }
    let mut names = NAMES.split(' ');
    if names.by_ref().step_by(2).any(|known| known == name) {
        return NAMES
            .split(' ')
            .skip_while(|known| *known != name)
            .nth(1)?
            .chars()
            .next();
    }
    if let Some((_, accent)) = ACCENTS.iter().find(|accent| accent.0 == rest) {
        return [first, *accent].into_iter().nfc().next();
    }
    let lower = name.to_ascii_lowercase();
    if let Some(at) = GREEK.split(' ').position(|known| known == lower) {
        let capital = if first.is_ascii_uppercase() { 0x20 } else { 0 };
        return char::from_u32(0x3b1 + at as u32 - capital);
    }
    let from = |digits: Option<&str>, radix| u32::from_str_radix(digits?, radix).ok();
    let cyrillic = match from(name.strip_prefix("afii"), 10) {
        Some(10023) => Some(0x401),
        Some(10071) => Some(0x451),
        Some(number @ 10017..=10022) => Some(number - 10017 + 0x410),
        Some(number @ 10024..=10049) => Some(number - 10024 + 0x416),
        Some(number @ 10065..=10070) => Some(number - 10065 + 0x430),
        Some(number @ 10072..=10097) => Some(number - 10072 + 0x436),
        _ => None,
    };
    let code = cyrillic.or_else(|| from(name.strip_prefix("uni").and_then(|all| all.get(..4)), 16));
    code.or_else(|| from(name.strip_prefix('u'), 16))
        .and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use lopdf::{Stream, dictionary};

    use super::*;

    fn read(font: &Font, bytes: &[u8]) -> String {
        let mut text = String::new();
        font.read_onto(bytes, &mut text);
        text
    }

    #[test]
    fn names_of_letters_are_known() {
        let names = "A space eacute Scaron quoteright uni0151 u1F600 f.alt Alpha sigma afii10017 afii10097 fi zero mu ogonek";
        let letters: String = names.split(' ').filter_map(letter).collect();
        assert_eq!(letters, "A éŠ’ő😀fΑσАяﬁ0µ˛");
        assert_eq!([letter("g117"), letter(""), letter(".notdef")], [None; 3]);
        assert_eq!(letter("exclamdown"), Some('¡'));
    }

    #[test]
    fn encodings_are_as_the_standard_has_them() {
        let standard = base("");
        let at = |code: usize| standard[code];
        assert_eq!(standard.len(), 256);
        assert_eq!((at(0x41), at(0x27), at(0x60)), ('A', '’', '‘'));
        assert_eq!(
            (at(0xa1), at(0xaa), at(0xae), at(0xb1)),
            ('¡', '“', 'ﬁ', '–')
        );
        assert_eq!(
            (at(0xba), at(0xbf), at(0xc1), at(0xcf), at(0xd0)),
            ('”', '¿', '`', 'ˇ', '—')
        );
        assert_eq!(
            (at(0xe1), at(0xe8), at(0xf1), at(0xf5), at(0xfb)),
            ('Æ', 'Ł', 'æ', 'ı', 'ß')
        );
        assert_eq!(
            (
                base("WinAnsiEncoding")[0x92],
                base("MacRomanEncoding")[0xd5]
            ),
            ('’', '’')
        );
    }

    #[test]
    fn a_font_says_what_differs_from_its_encoding() {
        let mut document = Document::with_version("1.5");
        let differences = vec![
            Object::Integer(1),
            "eacute".into(),
            "g7".into(),
            Object::Integer(65),
            "B".into(),
        ];
        let encoding = document.add_object(dictionary! {
            "BaseEncoding" => "WinAnsiEncoding", "Differences" => differences,
        });
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "Encoding" => encoding };
        let font = Font::of(&font, &document);
        assert_eq!(read(&font, b"A\x01\x02\x92C"), "Bé’C");
    }

    #[test]
    fn a_table_says_what_codes_mean() {
        let table = b"/CIDInit /ProcSet findresource begin << /Registry (Adobe) >> def\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            2 beginbfchar % <0003> <0041>\n<0001> <0041>\n<0002><00660066>\nendbfchar\n\
            2 beginbfrange <0010> <0012> <0061> <0020> <0021> [<0058> <D83DDE00>] endbfrange endcmap";
        let mut document = Document::with_version("1.5");
        let stream = document.add_object(Stream::new(dictionary! {}, table.to_vec()));
        let font = dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H", "ToUnicode" => stream,
        };
        let font = Font::of(&font, &document);
        let bytes = [0, 1, 0, 2, 0, 0x10, 0, 0x12, 0, 0x13, 0, 0x20, 0, 0x21, 0];
        assert_eq!(read(&font, &bytes), "AffacX😀");
        // A simple font's own letters stand where its table says nothing.
        let stream = document.add_object(Stream::new(
            dictionary! {},
            b"1 beginbfchar <41> <0042> endbfchar".to_vec(),
        ));
        let font = dictionary! { "Type" => "Font", "Subtype" => "TrueType", "ToUnicode" => stream };
        assert_eq!(read(&Font::of(&font, &document), b"A'C"), "B’C");
        // A font of nothing but numbers says nothing.
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H" };
        assert_eq!(read(&Font::of(&font, &document), &bytes), "");
        let font =
            dictionary! { "Type" => "Font", "Subtype" => "Type0", "Encoding" => "UniGB-UCS2-H" };
        assert_eq!(read(&Font::of(&font, &document), &[0x4e, 0x2d]), "中");
    }

    #[test]
    fn a_table_of_anything_is_read() {
        for table in [
            &b"<"[..],
            b"<<<",
            b"endbfrange",
            b"<00> <01> [ endbfrange",
            b"<0001> <00> <41> endbfrange",
            b"<0102030405> <41> endbfchar",
        ] {
            told(table);
        }
    }
}
