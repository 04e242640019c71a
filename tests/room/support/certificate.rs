//! Certificates that a test makes for itself, and clients that trust one of them alone.

use std::fs;
use std::io::{self, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;

use actix_web::web::Bytes;
use dateline::web::doors::{CertificateFiles, Tls};
use h2::client::SendRequest;
use rcgen::{CertifiedKey, KeyPair, generate_simple_self_signed};
use rustls::crypto::ring;
use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use tokio_rustls::TlsConnector;

use super::line::{Line, Spoken};

pub(crate) struct Certificate(CertifiedKey<KeyPair>);

/// A request, as both protocols can say it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) method: &'a str,
    pub(crate) target: &'a str,
    pub(crate) said: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a str,
}

impl<'a> Wanted<'a> {
    pub(crate) fn get(target: &'a str) -> Self {
        Self {
            method: "GET",
            target,
            ..Self::default()
        }
    }
}

/// A connection on which requests are made side by side.
pub(crate) struct Http2(SendRequest<Bytes>);

impl Certificate {
    /// A new one for this machine.
    pub(crate) fn new() -> Self {
        let names = ["localhost".to_owned()];
        Self(generate_simple_self_signed(names).unwrap())
    }

    pub(crate) fn key(&self) -> String {
        self.0.signing_key.serialize_pem()
    }

    /// Puts both into files of this folder, in place of those that are there.
    pub(crate) fn write(&self, folder: &Path) -> CertificateFiles {
        let [chain, key] = ["chain.pem", "key.pem"].map(|name| folder.join(name));
        fs::write(&chain, self.0.cert.pem()).unwrap();
        fs::write(&key, self.key()).unwrap();
        CertificateFiles { chain, key }
    }

    pub(crate) fn open(&self, folder: &Path) -> Tls {
        Tls::open(self.write(folder)).unwrap()
    }

    fn client(&self, protocol: &str) -> Arc<ClientConfig> {
        let mut roots = RootCertStore::empty();
        roots.add(self.0.cert.der().clone()).unwrap();
        let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![protocol.as_bytes().to_vec()];
        Arc::new(config)
    }

    /// A connection for HTTP/1.1, if the other side shows this certificate.
    pub(crate) fn http1(
        &self,
        address: &str,
    ) -> io::Result<Line<StreamOwned<ClientConnection, TcpStream>>> {
        let connection = ClientConnection::new(self.client("http/1.1"), localhost());
        let stream = Line::at(address).stream;
        let mut stream = StreamOwned::new(connection.map_err(io::Error::other)?, stream);
        stream.flush()?;
        Ok(Line { stream })
    }

    /// The same for HTTP/2.
    pub(crate) async fn http2(&self, address: &str) -> io::Result<Http2> {
        let stream = tokio::net::TcpStream::connect(address).await?;
        let connector = TlsConnector::from(self.client("h2"));
        let stream = connector.connect(localhost(), stream).await?;
        assert_eq!(stream.get_ref().1.alpn_protocol(), Some(b"h2".as_slice()));
        let (send, connection) = h2::client::handshake(stream)
            .await
            .map_err(io::Error::other)?;
        // It ends with the last of its requests.
        drop(actix_web::rt::spawn(connection));
        Ok(Http2(send))
    }
}

fn localhost() -> ServerName<'static> {
    ServerName::try_from("localhost").unwrap()
}

impl<S: io::Read + Write> Line<S> {
    pub(crate) fn ask(&mut self, wanted: Wanted<'_>) -> Spoken {
        let Wanted {
            method,
            target,
            said,
            body,
        } = wanted;
        let mut head = vec![
            format!("{method} {target} HTTP/1.1"),
            "host: localhost".to_owned(),
        ];
        head.extend(said.iter().map(|(name, value)| format!("{name}: {value}")));
        if !body.is_empty() {
            head.push(format!("content-length: {}", body.len()));
        }
        self.send(&format!("{}\r\n\r\n{body}", head.join("\r\n")));
        self.answer(method == "HEAD")
    }
}

impl Http2 {
    pub(crate) async fn ask(&self, wanted: Wanted<'_>) -> Spoken {
        let mut request = http::Request::builder()
            .method(wanted.method)
            .uri(format!("https://localhost{}", wanted.target));
        for (name, value) in wanted.said {
            request = request.header(*name, *value);
        }
        let mut send = self.0.clone().ready().await.unwrap();
        let (answer, mut body) = send
            .send_request(request.body(()).unwrap(), wanted.body.is_empty())
            .unwrap();
        if !wanted.body.is_empty() {
            let bytes = Bytes::copy_from_slice(wanted.body.as_bytes());
            body.send_data(bytes, true).unwrap();
        }
        spoken(answer.await.unwrap()).await
    }
}

/// The answer as if it had come over HTTP/1.1.
async fn spoken(answer: http::Response<h2::RecvStream>) -> Spoken {
    let mut head = vec![format!("http/2 {}", answer.status().as_str())];
    for (name, value) in answer.headers() {
        head.push(format!(
            "{name}: {}",
            value.to_str().unwrap().to_lowercase()
        ));
    }
    let head = head.join("\r\n");
    let mut stream = answer.into_body();
    let mut body = Vec::new();
    while let Some(bytes) = stream.data().await {
        let bytes = bytes.unwrap();
        stream.flow_control().release_capacity(bytes.len()).unwrap();
        body.extend_from_slice(&bytes);
    }
    Spoken { head, body }
}
