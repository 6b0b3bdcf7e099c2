//! Fenced code blocks, line by line.

/// Tracks which lines of a text are code.
#[derive(Debug, Default)]
pub struct Fences {
    open: Option<Fence>,
}

/// The line that opens a code block, or may close it.
#[derive(Debug)]
struct Fence {
    sign: char,
    length: usize,
    indent: usize,
    /// Whether nothing follows it on its line.
    is_bare: bool,
}

impl Fence {
    /// Returns the fence on a line (CommonMark 0.31.2, 4.5), at any depth in a list.
    fn read(line: &str) -> Option<Fence> {
        let inner = line.trim_start();
        let indent = line.len() - inner.len();
        let sign = inner.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let rest = inner.trim_start_matches(sign);
        let length = inner.len() - rest.len();
        // Backticks in what follows make the line inline code.
        let is_fence = length >= 3 && !(sign == '`' && rest.contains('`'));
        is_fence.then_some(Fence { sign, length, indent, is_bare: rest.trim().is_empty() })
    }

    fn ends(&self, open: &Fence) -> bool {
        let is_near = self.indent < open.indent + 4;
        self.sign == open.sign && self.length >= open.length && self.is_bare && is_near
    }
}

impl Fences {
    /// Whether a code block is open: the next line is in it or ends it.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Returns whether the next line of the text is code, or a fence around it.
    pub fn hold(&mut self, line: &str) -> bool {
        let fence = Fence::read(line);
        match &self.open {
            Some(open) => {
                if fence.is_some_and(|fence| fence.ends(open)) {
                    self.open = None;
                }
                true
            }
            None => {
                self.open = fence;
                self.open.is_some()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_code_are_known() {
        // A line, and whether it is code.
        for lines in [
            [("a", false), ("```", true), ("x", true), ("```", true), ("b", false)],
            [("````", true), ("```", true), ("````", true), ("b", false), ("~~", false)],
            [("~~~ rust", true), ("```", true), ("~~~ z", true), ("~~~  ", true), ("b", false)],
            [("```x``` y", false), ("~~~ `x`", true), ("~~~~", true), ("b", false), ("", false)],
            [("- a", false), ("    ```", true), ("    x", true), ("    ```", true), ("b", false)],
            [("```", true), ("    ```", true), ("# x", true), ("   ```", true), ("b", false)],
            [("```", true), ("a", true), ("", true), ("# b", true), ("c", true)],
        ] {
            let mut fences = Fences::default();
            for (line, is_code) in lines {
                assert_eq!(fences.hold(line), is_code, "{line:?} of {lines:?}");
            }
        }
    }
}
