//! Finds the end of a raw HTML tag.

/// The states of a browser's tokenizer inside a tag.
#[derive(Clone, Copy)]
enum Part {
    TagName,
    Gap,
    Name,
    AfterName,
    Equals,
    Quoted(char),
    Bare,
}

/// Returns the length of a tag up to the `>` that ends it in a browser, which is not one in quotes.
pub fn tag_end(html: &str) -> usize {
    let mut part = Part::TagName;
    for (at, c) in html.char_indices().skip(1) {
        part = match (part, c) {
            (Part::Quoted(quote), c) if c == quote => Part::Gap,
            (Part::Quoted(quote), _) => Part::Quoted(quote),
            (_, '>') => return at,
            (Part::Equals, quote @ ('"' | '\'')) => Part::Quoted(quote),
            (Part::Name | Part::AfterName, '=') => Part::Equals,
            (Part::TagName | Part::Gap | Part::Name | Part::AfterName, '/') => Part::Gap,
            (Part::TagName | Part::Gap | Part::Bare, c) if c.is_whitespace() => Part::Gap,
            (Part::Name | Part::AfterName, c) if c.is_whitespace() => Part::AfterName,
            (Part::Equals, c) if c.is_whitespace() => Part::Equals,
            (Part::Gap | Part::Name | Part::AfterName, _) => Part::Name,
            (Part::Equals | Part::Bare, _) => Part::Bare,
            (Part::TagName, _) => Part::TagName,
        };
    }
    html.len()
}
