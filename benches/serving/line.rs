//! A connection that asks one thing after the other and reads each answer whole.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

pub(crate) struct Line {
    stream: BufReader<TcpStream>,
    port: u16,
}

#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Names in small letters, in the order in which they came.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Line {
    /// Longer than anything may take here.
    const PATIENCE: Duration = Duration::from_secs(20);

    pub(crate) fn to(port: u16) -> Result<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Self::PATIENCE))?;
        Ok(Self {
            stream: BufReader::new(stream),
            port,
        })
    }

    /// What stands at this address, in the encoding that is named.
    pub(crate) fn get(&mut self, address: &str, accept_encoding: &str) -> Result<Answer> {
        let host = self.port;
        let request = format!(
            "GET {address} HTTP/1.1\r\nHost: 127.0.0.1:{host}\r\nAccept-Encoding: {accept_encoding}\r\n\r\n"
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        self.answer().with_context(|| address.to_owned())
    }

    fn answer(&mut self) -> Result<Answer> {
        let first = self.text()?;
        let status = first.split(' ').nth(1).context("no status")?;
        let mut answer = Answer {
            status: status.parse()?,
            ..Answer::default()
        };
        loop {
            let text = self.text()?;
            if text.is_empty() {
                break;
            }
            let (name, value) = text.split_once(':').context("no header")?;
            let header = (name.to_ascii_lowercase(), value.trim().to_owned());
            answer.headers.push(header);
        }
        let length = answer.header("content-length").context("no length")?;
        answer.body = vec![0; length.parse()?];
        self.stream.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    fn text(&mut self) -> Result<String> {
        let mut text = String::new();
        let read = self.stream.read_line(&mut text)?;
        ensure!(read > 0, "the connection was closed");
        Ok(text.trim_end().to_owned())
    }
}
