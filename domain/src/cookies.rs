//! The cookies of a request, each looked at by itself and as bytes (cases K2 and F20). Cookies of neighbours hold what
//! their scripts wrote, raw UTF-8 and Latin-1 included; none of that is Rekey's business, and none of it may hide Rekey's
//! own cookie or let it through to an application.

/// The cookies of these `Cookie` lines as name and value, in the order in which the browser sent them. A value keeps its
/// quotes, and nothing is decoded.
pub fn read<'a>(lines: impl Iterator<Item = &'a [u8]>) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
    lines.flat_map(pieces).filter_map(|piece| {
        let end = piece.iter().position(|byte| *byte == b'=')?;
        Some((piece[..end].trim_ascii(), piece[end + 1..].trim_ascii()))
    })
}

/// The same lines as one, without the cookies whose names are `ours`. What is left is left byte for byte.
pub fn without<'a>(lines: impl Iterator<Item = &'a [u8]>, ours: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let mut rest = Vec::new();
    for line in lines {
        let kept: Vec<_> = pieces(line).filter(|piece| !ours(name(piece))).collect();
        let line = trim(&kept.join(&b';')).to_vec();
        if !rest.is_empty() && !line.is_empty() {
            rest.extend(b"; ");
        }
        rest.extend(line);
    }
    rest
}

/// A `;` ends a cookie even between quotes: a browser lets none into a value, and so nothing can be hidden behind one.
fn pieces(line: &[u8]) -> impl Iterator<Item = &[u8]> {
    line.split(|byte| *byte == b';')
}

/// A cookie without `=` is all name.
fn name(piece: &[u8]) -> &[u8] {
    let end = piece.iter().position(|byte| *byte == b'=');
    piece[..end.unwrap_or(piece.len())].trim_ascii()
}

/// Without what separates cookies, at both ends.
fn trim(mut line: &[u8]) -> &[u8] {
    let separates = |byte: &u8| matches!(byte, b' ' | b'\t' | b';');
    while let [first, rest @ ..] = line
        && separates(first)
    {
        line = rest;
    }
    while let [rest @ .., last] = line
        && separates(last)
    {
        line = rest;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn values(lines: &[&[u8]], name: &str) -> Vec<String> {
        read(lines.iter().copied())
            .filter(|(found, _)| *found == name.as_bytes())
            .map(|(_, value)| String::from_utf8_lossy(value).into_owned())
            .collect()
    }

    fn left(lines: &[&[u8]]) -> String {
        let rest = without(lines.iter().copied(), |name| name == b"rekey");
        String::from_utf8_lossy(&rest).into_owned()
    }

    #[test]
    fn k2_a_cookie_is_found_whatever_its_neighbours_are() {
        let large = format!("{}rekey=V", "other=0123456789; ".repeat(700));
        for line in [
            b"rekey=V".as_slice(),
            b"lang=Fran\xc3\xa7ais; rekey=V",
            b"lang=Fran\xe7ais; rekey=V",
            b"rekey=V; lang=Fran\xc3\xa7ais",
            b"a=1; lang=\xff\xfe; rekey=V; b=2",
            b"a=%zz; rekey=V",
            b"b=\"x;y\"; rekey=V",
            b"b=\"x; rekey=V",
            b"=z; rekey=V",
            b"z; rekey=V; ;",
            b";;rekey=V",
            b"a=1;rekey=V",
            b"a=1;  rekey = V  ",
            b"Rekey=1; xrekey=2; rekeyx=3; rekey=V",
            b"a=rekey=4; rekey=V",
            large.as_bytes(),
        ] {
            assert_eq!(values(&[line], "rekey"), ["V"], "{}", String::from_utf8_lossy(line));
            assert_eq!(values(&[b"a=1", line, b"\xff"], "rekey"), ["V"]);
        }
    }

    #[test]
    fn k2_all_cookies_of_a_name_are_found_in_their_order() {
        assert_eq!(
            values(&[b"rekey=1; a=b; rekey=\xff; rekey=", b"rekey=2"], "rekey"),
            ["1", "\u{fffd}", "", "2"]
        );
        assert!(values(&[b"", b"rekey", b"=rekey=V", b"re key=V"], "rekey").is_empty());
    }

    #[test]
    fn f20_nothing_of_ours_is_left_and_everything_else_is() {
        for (line, expected) in [
            (b"rekey=V".as_slice(), ""),
            (b"rekey=V; a=1", "a=1"),
            (b"a=1; rekey=V", "a=1"),
            (b"a=1; rekey=V; b=2", "a=1; b=2"),
            (b"rekey=V; rekey=q", ""),
            (b"rekey=1; a=1; rekey=2; rekey=3; b=2; rekey=4", "a=1; b=2"),
            (b"xrekey=3; rekey=V", "xrekey=3"),
            (b"a=1;rekey=V;b=2", "a=1;b=2"),
            (b"a=1;  rekey = V ; b=2;", "a=1; b=2"),
            (b"rekey; a=1", "a=1"),
            (b"b=\"x;y\"; rekey=V; c=\"1;;2\"", "b=\"x;y\"; c=\"1;;2\""),
            (b"b=\"x; rekey=V; y\"", "b=\"x; y\""),
            (b"=z; rekey=V", "=z"),
            (b"a=rekey=V", "a=rekey=V"),
            (b"", ""),
            (b" ; ;", ""),
        ] {
            assert_eq!(left(&[line]), expected, "{}", String::from_utf8_lossy(line));
        }
        assert_eq!(left(&[b"a=1; rekey=V", b"rekey=W", b"b=2"]), "a=1; b=2");
        let rest = without([b"l=\xe7; rekey=V".as_slice()].into_iter(), |name| name == b"rekey");
        assert_eq!(rest, b"l=\xe7");
    }

    proptest! {
        /// Whatever bytes come: ours are gone, all others are read as before, and doing it again changes nothing.
        #[test]
        fn f20_any_bytes_are_survived(
            lines in proptest::collection::vec("([ ;=\"a\u{e7}\t]|rekey|=V|; ){0,12}", 0..4), raw: Vec<u8>
        ) {
            let mut lines: Vec<&[u8]> = lines.iter().map(String::as_bytes).collect();
            lines.push(&raw);
            let rest = without(lines.iter().copied(), |name| name == b"rekey");
            prop_assert_eq!(read([rest.as_slice()].into_iter()).filter(|(name, _)| *name == b"rekey").count(), 0);
            let others: Vec<_> = read(lines.iter().copied()).filter(|(name, _)| *name != b"rekey").collect();
            let left: Vec<_> = read([rest.as_slice()].into_iter()).collect();
            prop_assert_eq!(left, others);
            let again = without([rest.as_slice()].into_iter(), |name| name == b"rekey");
            prop_assert_eq!(again, rest);
        }
    }
}
