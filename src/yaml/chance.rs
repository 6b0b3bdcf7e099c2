//! Random YAML for tests: mappings with all kinds of values, and comments in all places.

/// Pseudo-random numbers that are the same in every run.
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn of_seed(seed: u64) -> Chance {
        Chance(seed)
    }

    /// Returns a number below that one.
    pub(crate) fn of(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % count
    }

    pub(crate) fn pick<'c>(&mut self, all: &[&'c str]) -> &'c str {
        all[self.of(all.len())]
    }

    /// Returns what may follow a value on its line.
    fn aside(&mut self) -> &'static str {
        self.pick(&["", "", "", "   # aside", " # 'a: [b' # c", "  "])
    }

    /// Returns lines between two keys.
    fn between(&mut self, indent: usize) -> String {
        let lead = " ".repeat(indent);
        match self.of(8) {
            0 => "\n".to_owned(),
            1 => format!("{lead}# between: {{x\n"),
            2 => format!("{lead}  # deeper\n\n{lead}# again\n"),
            3 => "# at the margin\n".to_owned(),
            _ => String::new(),
        }
    }

    /// Returns the text after a colon or a dash, with a mapping or list in that column.
    pub(crate) fn value(&mut self, indent: usize, depth: usize) -> String {
        let scalars = [
            "5",
            "1.10",
            "true",
            "null",
            "~",
            "'it''s'",
            "\"a # b\"",
            "plain text",
            "0x1f",
            "",
            "2024-09-07T18:00",
            "'5'",
            "[1,  'a, b', {c: 07}]",
            "{a: [x], b: \"y\"}",
            "!!str 5",
            "&a 5",
        ];
        let more = " ".repeat(indent + 1 + self.of(3));
        let aside = self.aside();
        let block = self.pick(&["|", ">-", "|+", ">", "|-"]);
        match self.of(if depth == 0 { 9 } else { 12 }) {
            0 => format!(" {block}{aside}\n{more}one\n{more}  # no comment\n\n{more}two\n"),
            1 => format!(" |2{aside}\n{}   a\n{}  b\n", " ".repeat(indent), " ".repeat(indent)),
            2 => format!(" \"one\n{more}two # three\n\n{more}four\"{aside}\n"),
            3 => format!(" one\n{more}two\n"),
            4 => format!(" [a,{aside}\n{more}'b',\n{more}5]{aside}\n"),
            9 | 10 => {
                let inner = indent + 1 + self.of(4);
                format!("{aside}\n{}", self.map(inner, depth - 1, ""))
            }
            11 => {
                let inner = indent + self.of(3);
                let items: Vec<String> = (0..=self.of(3))
                    .map(|_| {
                        let gap = 1 + self.of(3);
                        let map = self.map(inner + 1 + gap, depth - 1, " ");
                        let dash = format!("{}-{}", " ".repeat(inner), " ".repeat(gap));
                        match self.of(2) {
                            0 => dash + &map,
                            _ => format!("{}-{}", " ".repeat(inner), self.value(inner, 0)),
                        }
                    })
                    .collect();
                format!("{aside}\n{}", items.concat())
            }
            _ => format!(" {}{aside}\n", self.pick(&scalars)),
        }
    }

    /// Returns a mapping in that column; `first` is not empty if its first line has begun.
    pub(crate) fn map(&mut self, indent: usize, depth: usize, first: &str) -> String {
        let mut lines = String::new();
        for at in 0..=self.of(4) {
            if at > 0 || first.is_empty() {
                lines.push_str(&self.between(indent));
                lines.push_str(&" ".repeat(indent));
            }
            let value = self.value(indent, depth);
            lines.push_str(&format!("k{at}:{value}"));
        }
        lines
    }

    /// Returns an item of a list, with its own comments.
    pub(crate) fn item(&mut self) -> (String, usize) {
        let (dash, gap) = (self.of(7), 1 + self.of(3));
        let lead = " ".repeat(dash);
        let map = self.map(dash + 1 + gap, 2, " ");
        let above = self.pick(&["", "", "# above\n"]);
        let above = if above.is_empty() { String::new() } else { format!("{lead}{above}") };
        (format!("{above}{lead}-{}{map}", " ".repeat(gap)), dash)
    }
}
