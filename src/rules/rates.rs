//! What was measured of each rule, for its page: how often it speaks about clean copy, how many slips it finds, how many findings people
//! took for worth asking.

/// Written by `UPDATE=1 tests/accuracy/run.sh`.
const TABLE: &str = include_str!("rates.tsv");

/// What was measured of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// The articles of clean copy.
    pub articles: u32,
    /// Findings in them: errors, warnings, information, hints.
    pub found: [u32; 4],
    /// Slips made by script, and how many of them the rule found.
    pub made: (u32, u32),
    /// Findings that people read, and how many of them were worth a question to the writer.
    pub read: (u32, u32),
}

/// What was measured of the rule, if anything was.
pub fn of(rule: &str) -> Option<Rate> {
    let mut lines = TABLE.lines().skip(1);
    lines.find_map(|line| {
        let (name, numbers) = line.split_once('\t')?;
        (name == rule).then(|| rate(numbers))?
    })
}

fn rate(numbers: &str) -> Option<Rate> {
    let numbers: Vec<u32> = numbers
        .split('\t')
        .map_while(|number| number.parse().ok())
        .collect();
    let [
        articles,
        error,
        warning,
        information,
        hint,
        made,
        found,
        read,
        worth,
    ] = numbers[..]
    else {
        return None;
    };
    Some(Rate {
        articles,
        found: [error, warning, information, hint],
        made: (made, found),
        read: (read, worth),
    })
}

impl Rate {
    /// In words, as sentences.
    pub fn told(&self) -> String {
        let levels = ["errors", "warnings", "information", "hints"];
        let an_article = |count: u32| f64::from(count) / f64::from(self.articles.max(1));
        let some: Vec<String> = levels
            .iter()
            .zip(self.found)
            .filter(|(_, count)| *count > 0)
            .map(|(level, count)| format!("{:.3} {level}", an_article(count)))
            .collect();
        let mut told = match &some[..] {
            [] => format!(
                "In {} articles of clean copy it says nothing.",
                self.articles
            ),
            some => format!(
                "In {} articles of clean copy: {} an article.",
                self.articles,
                some.join(", ")
            ),
        };
        let (made, found) = self.made;
        if made > 0 {
            told += &format!(" Of {made} slips made in clean copy it finds {found}.");
        }
        let (read, worth) = self.read;
        if read > 0 {
            told += &format!(" Of {read} findings read by hand, {worth} were worth asking.");
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RULES;

    #[test]
    fn every_line_is_of_a_rule_and_has_its_numbers() {
        for line in TABLE.lines().skip(1) {
            let name = line.split('\t').next().expect("a line has a name");
            assert!(RULES.iter().any(|rule| rule.name == name), "{name}");
            let rate = of(name).expect("the line has nine numbers");
            assert!(
                rate.made.1 <= rate.made.0 && rate.read.1 <= rate.read.0,
                "{name}"
            );
        }
        assert_eq!(of("no-such-rule"), None);
    }

    #[test]
    fn it_is_told_in_sentences() {
        let rate = rate("84\t0\t10\t0\t16\t60\t51\t17\t14").expect("nine numbers");
        assert_eq!(
            rate.told(),
            "In 84 articles of clean copy: 0.119 warnings, 0.190 hints an article. Of 60 slips made in clean copy it finds 51. Of 17 \
             findings read by hand, 14 were worth asking."
        );
    }
}
