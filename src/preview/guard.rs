//! Who may ask: only the browser of the person who started it.
//!
//! The server listens on the loopback alone, but every program and every user of the machine can reach
//! that, and so can a page elsewhere through the browser: by a plain request, or by letting its own name
//! lead here. So each request must know the secret in its path, must be for this very address (a name
//! that was led here is another), and, where it changes anything, must come from a page of ours. The
//! answers have no CORS headers, so no other page reads them.

/// What a request is known by.
pub struct Door {
    authority: String,
    secret: String,
}

/// A request as it came.
pub struct Call<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// What stands after the method: path and query.
    pub target: &'a str,
    /// The names and values of the headers.
    pub headers: Vec<(&'a str, &'a str)>,
}

/// A request that may be answered.
#[derive(Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whether it wants something done.
    pub is_action: bool,
    /// The path after the secret, without a slash before it.
    pub path: String,
    /// The names and values of the query, decoded.
    pub query: Vec<(String, String)>,
}

impl Asked {
    /// A value of the query.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Why a request is not answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedAway {
    /// It is for another address.
    OtherHost,
    /// It does not know the secret, or nothing is there.
    Unknown,
    /// It comes from a page elsewhere.
    Foreign,
    /// It has another method than there is.
    Method,
}

impl TurnedAway {
    /// The status of the answer.
    pub fn status(self) -> u16 {
        match self {
            Self::OtherHost | Self::Foreign => 403,
            Self::Unknown => 404,
            Self::Method => 405,
        }
    }
}

impl Door {
    /// A door at this port of the loopback, with a secret that nobody can guess.
    ///
    /// # Errors
    /// That the system gives no random numbers.
    pub fn new(port: u16) -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; 16];
        getrandom::fill(&mut bytes)?;
        let secret = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { authority: format!("127.0.0.1:{port}"), secret })
    }

    /// The address of the first page.
    pub fn address(&self) -> String {
        format!("http://{}/{}/", self.authority, self.secret)
    }

    /// Looks at a request.
    ///
    /// # Errors
    /// Why it is not answered.
    pub fn look(&self, call: &Call) -> Result<Asked, TurnedAway> {
        let values = |name: &str| -> Vec<&str> {
            let named = call.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name));
            named.map(|(_, value)| value.trim()).collect()
        };
        if values("host") != [self.authority.as_str()] {
            return Err(TurnedAway::OtherHost);
        }
        let (path, query) = call.target.split_once('?').unwrap_or((call.target, ""));
        let inside = path.strip_prefix('/').and_then(|path| path.split_once('/'));
        let (_, path) = inside.filter(|(secret, _)| same(secret, &self.secret)).ok_or(TurnedAway::Unknown)?;
        let is_action = match call.method {
            "GET" => false,
            "POST" => true,
            _ => return Err(TurnedAway::Method),
        };
        if is_action {
            let own = format!("http://{}", self.authority);
            let comes_from_us = values("origin").iter().all(|origin| *origin == own)
                && values("sec-fetch-site").iter().all(|site| *site == "same-origin");
            // No form of a page elsewhere can send this kind without asking first.
            let is_json = values("content-type") == ["application/json"];
            if !comes_from_us || !is_json {
                return Err(TurnedAway::Foreign);
            }
        }
        let query = query.split('&').filter_map(|pair| pair.split_once('='));
        let query = query.map(|(key, value)| (decoded(key), decoded(value))).collect();
        Ok(Asked { is_action, path: decoded(path), query })
    }
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn same(one: &str, other: &str) -> bool {
    let differences = one.bytes().zip(other.bytes()).fold(0, |found, (one, other)| found | (one ^ other));
    one.len() == other.len() && differences == 0
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: &str = "127.0.0.1:4711";

    fn door() -> Door {
        Door { authority: OWN.into(), secret: "hemlig".into() }
    }

    fn ask(method: &str, target: &str, headers: &[(&str, &str)]) -> Result<Asked, TurnedAway> {
        door().look(&Call { method, target, headers: headers.to_vec() })
    }

    #[test]
    fn a_page_of_ours_is_answered() {
        let asked =
            ask("GET", "/hemlig/vy?fil=cases%2Fs%C3%A5.yaml&nr=2", &[("Host", OWN)]).expect("answered");
        assert_eq!((asked.path.as_str(), asked.value("fil")), ("vy", Some("cases/så.yaml")));
        let own = [("host", OWN), ("content-type", "application/json"), ("origin", "http://127.0.0.1:4711")];
        assert!(ask("POST", "/hemlig/ratta", &own).expect("answered").is_action);
    }

    #[test]
    fn nobody_else_is() {
        for (method, target, headers, refused) in [
            ("GET", "/hemlig/", vec![], TurnedAway::OtherHost),
            ("GET", "/hemlig/", vec![("Host", "ond.example")], TurnedAway::OtherHost),
            ("GET", "/hemlig/", vec![("Host", "127.0.0.1:4712")], TurnedAway::OtherHost),
            ("GET", "/hemlig/", vec![("Host", "localhost:4711")], TurnedAway::OtherHost),
            ("GET", "/hemlig/", vec![("Host", OWN), ("Host", "ond.example")], TurnedAway::OtherHost),
            ("GET", "/", vec![("Host", OWN)], TurnedAway::Unknown),
            ("GET", "/hemlig", vec![("Host", OWN)], TurnedAway::Unknown),
            ("GET", "/hemli/", vec![("Host", OWN)], TurnedAway::Unknown),
            ("GET", "/hemligt/", vec![("Host", OWN)], TurnedAway::Unknown),
            ("GET", "//hemlig/", vec![("Host", OWN)], TurnedAway::Unknown),
            ("GET", "http://127.0.0.1:4711/hemlig/", vec![("Host", OWN)], TurnedAway::Unknown),
            ("OPTIONS", "/hemlig/ratta", vec![("Host", OWN)], TurnedAway::Method),
            ("PUT", "/hemlig/ratta", vec![("Host", OWN)], TurnedAway::Method),
            ("POST", "/hemlig/ratta", vec![("Host", OWN)], TurnedAway::Foreign),
            (
                "POST",
                "/hemlig/ratta",
                vec![("Host", OWN), ("Content-Type", "text/plain")],
                TurnedAway::Foreign,
            ),
            (
                "POST",
                "/hemlig/ratta",
                vec![("Host", OWN), ("Content-Type", "application/json"), ("Origin", "http://ond.example")],
                TurnedAway::Foreign,
            ),
            (
                "POST",
                "/hemlig/ratta",
                vec![("Host", OWN), ("Content-Type", "application/json"), ("Origin", "null")],
                TurnedAway::Foreign,
            ),
            (
                "POST",
                "/hemlig/ratta",
                vec![("Host", OWN), ("Content-Type", "application/json"), ("Sec-Fetch-Site", "cross-site")],
                TurnedAway::Foreign,
            ),
        ] {
            assert_eq!(ask(method, target, &headers), Err(refused), "{method} {target} {headers:?}");
        }
    }
}
