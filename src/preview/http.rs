//! As much of HTTP as a page of ours needs: one request a connection, one thread each.
//!
//! A thread of its own for each connection, since some wait for changes for hours and none may wait for
//! another. What is odd is not read: only `Content-Length` tells of a body, and nothing is long.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// How many connections there are at most.
const MOST: usize = 96;
/// The longest head of a request, in bytes.
const LONGEST_HEAD: usize = 16 << 10;
/// The longest body that is read, in bytes.
const LONGEST_BODY: usize = 16 << 10;
/// The most headers.
const MOST_HEADERS: usize = 64;
/// How long it is waited for the other side.
const PATIENCE: Duration = Duration::from_secs(10);
/// What a thread that lays out documents needs of stack.
const STACK: usize = 16 << 20;

/// A request.
pub struct Request {
    /// `GET`, `POST` …
    pub method: String,
    /// What stands after the method: path and query.
    pub target: String,
    /// The names and values of the headers.
    pub headers: Vec<(String, String)>,
    /// What it carries.
    pub body: Vec<u8>,
}

/// An answer.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The names and values of the headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// What it carries.
    pub body: Vec<u8>,
}

/// Answers requests until nobody can be listened to.
///
/// # Errors
/// That nobody can be listened to.
pub fn listen(
    listener: &TcpListener,
    answer: impl Fn(Result<Request, u16>, TcpStream) + Send + Sync + 'static,
) -> io::Result<()> {
    let answer = Arc::new(answer);
    let open = Arc::new(AtomicUsize::new(0));
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            // Whoever called has gone again, or there are too many files open.
            Err(error) if matches!(error.kind(), ErrorKind::ConnectionAborted | ErrorKind::Interrupted) => {
                continue;
            }
            Err(error) => return Err(error),
        };
        if open.load(Ordering::Relaxed) >= MOST {
            continue;
        }
        open.fetch_add(1, Ordering::Relaxed);
        let (answer, still_open) = (answer.clone(), Open(open.clone()));
        let served = move || {
            let _still_open = still_open;
            let asked = prepare(&stream).and_then(|()| read(&stream));
            if let Ok(asked) = asked {
                answer(asked, stream);
            }
        };
        // Without a thread the call is lost, as if nobody had been there.
        drop(thread::Builder::new().stack_size(STACK).spawn(served));
    }
}

/// A connection, for as long as it is counted.
struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn prepare(stream: &TcpStream) -> io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))
}

/// Reads a request, or says with what status it is refused.
fn read(mut stream: &TcpStream) -> io::Result<Result<Request, u16>> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let (mut request, start, length) = loop {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&piece[..read]);
        match parsed(&bytes) {
            Ok(Some(head)) => break head,
            Ok(None) if bytes.len() <= LONGEST_HEAD => {}
            Ok(None) => return Ok(Err(431)),
            Err(status) => return Ok(Err(status)),
        }
    };
    if length > LONGEST_BODY {
        return Ok(Err(413));
    }
    while bytes.len() < start + length {
        let read = stream.read(&mut piece)?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&piece[..read]);
    }
    request.body = bytes[start..start + length].to_vec();
    Ok(Ok(request))
}

/// The head of a request, where its body begins and how long that is; none while the head is not whole.
fn parsed(bytes: &[u8]) -> Result<Option<(Request, usize, usize)>, u16> {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut head = httparse::Request::new(&mut headers);
    let start = match head.parse(bytes) {
        Ok(httparse::Status::Complete(start)) => start,
        Ok(httparse::Status::Partial) => return Ok(None),
        Err(httparse::Error::TooManyHeaders) => return Err(431),
        Err(_) => return Err(400),
    };
    let header = |header: &httparse::Header| {
        let value = std::str::from_utf8(header.value).map_err(|_| 400_u16)?;
        Ok((header.name.to_owned(), value.to_owned()))
    };
    let headers = head.headers.iter().map(header).collect::<Result<Vec<_>, u16>>()?;
    let named = |name: &'static str| headers.iter().filter(move |(key, _)| key.eq_ignore_ascii_case(name));
    if named("transfer-encoding").next().is_some() || named("content-length").count() > 1 {
        return Err(400);
    }
    let is_number = |value: &String| !value.is_empty() && value.bytes().all(|digit| digit.is_ascii_digit());
    let length = match named("content-length").map(|(_, value)| value).next() {
        None => 0,
        Some(value) if is_number(value) => value.parse().map_err(|_| 413_u16)?,
        Some(_) => return Err(400),
    };
    let (method, target) = (head.method.unwrap_or_default(), head.path.unwrap_or_default());
    let request = Request { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() };
    Ok(Some((request, start, length)))
}

/// Sends an answer, and ends the connection.
///
/// # Errors
/// That the other side is gone.
pub fn send(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    let mut head = head(answer);
    head.push_str(&format!("Content-Length: {}\r\n\r\n", answer.body.len()));
    stream.write_all(&[head.as_bytes(), &answer.body].concat())?;
    stream.shutdown(Shutdown::Write)?;
    // What was not read would make the system throw the answer away.
    if answer.status >= 400 {
        stream.set_read_timeout(Some(Duration::from_millis(200)))?;
        drop(io::copy(&mut stream.take(1 << 20), &mut io::sink()));
    }
    Ok(())
}

/// Begins an answer that has no end.
///
/// # Errors
/// That the other side is gone.
pub fn begin(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    stream.write_all(format!("{}\r\n", head(answer)).as_bytes())
}

/// Sends one event of an answer that has no end.
///
/// # Errors
/// That the other side is gone.
pub fn event(mut stream: &TcpStream, data: &str) -> io::Result<()> {
    stream.write_all(format!("data: {data}\n\n").as_bytes())
}

/// Whether the other side has gone.
pub fn is_gone(stream: &TcpStream) -> bool {
    let looked = stream.set_nonblocking(true).and_then(|()| stream.peek(&mut [0]));
    let is_back = stream.set_nonblocking(false).is_ok();
    !is_back || matches!(looked, Ok(0)) || looked.is_err_and(|error| error.kind() != ErrorKind::WouldBlock)
}

fn head(answer: &Answer) -> String {
    let mut head = format!("HTTP/1.1 {} {}\r\nConnection: close\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Bad Request",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_odd_is_refused() {
        let status =
            |text: &str| parsed(text.as_bytes()).map(|head| head.map(|(_, start, length)| (start, length)));
        assert_eq!(status("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc"), Ok(Some((38, 3))));
        assert_eq!(status("GET / HTTP/1.1\r\nHost: a\r\n"), Ok(None));
        for odd in [
            "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : a\r\n\r\n",
            "GET /\u{e5} HTTP/1.1\r\n\u{e5}: a\r\n\r\n",
            "\u{16}\u{3}\u{1}\r\n\r\n",
        ] {
            assert_eq!(status(odd), Err(400), "{odd}");
        }
        assert_eq!(status(&format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(65))), Err(431));
    }
}
