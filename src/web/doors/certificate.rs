//! TLS (rustls): a certificate from files, which are read again when they change.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256};

const LOOKS_EVERY: Duration = Duration::from_secs(2);

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    #[error("the file {file} cannot be read: {source}")]
    File { file: PathBuf, source: io::Error },
    #[error("{0} holds no certificate in PEM")]
    NoCertificate(PathBuf),
    #[error("{0} holds no private key in PEM")]
    NoKey(PathBuf),
    #[error("certificate and key cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
    #[error("nobody can look after the files: {0}")]
    Watch(#[source] io::Error),
}

/// The files that an operator or a certificate program keeps up to date.
#[derive(Clone, Debug)]
pub struct CertificateFiles {
    /// The room's certificate and those between it and the authority.
    pub chain: PathBuf,
    pub key: PathBuf,
}

/// What TLS answers with, always from the files as they were last right.
#[derive(Clone)]
pub struct Tls(Arc<ServerConfig>);

impl std::fmt::Debug for Tls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tls")
    }
}

/// Both files as they were read.
struct Read {
    chain: Vec<u8>,
    key: Vec<u8>,
}

#[derive(Debug)]
struct Current(RwLock<Arc<CertifiedKey>>);

impl ResolvesServerCert for Current {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.0.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&current))
    }
}

impl Tls {
    /// Reads the files, and looks after them on a thread of its own as long as this lives.
    pub fn open(files: CertificateFiles) -> Result<Self, CertificateError> {
        let provider = Arc::new(ring::default_provider());
        let read = files.read()?;
        let current = Arc::new(Current(RwLock::new(Arc::new(
            files.parse(&read, &provider)?,
        ))));
        let mut config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(current.clone());
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // Readers who come again take up where they were, without the work of a first meeting.
        config.ticketer = ring::Ticketer::new()?;
        files.watch(read.fingerprint(), current, provider)?;
        Ok(Self(Arc::new(config)))
    }

    pub(super) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.0)
    }
}

impl Read {
    fn fingerprint(&self) -> [u8; 32] {
        let mut both = Sha256::new();
        both.update(self.chain.len().to_le_bytes());
        both.update(&self.chain);
        both.update(&self.key);
        both.finalize().into()
    }
}

impl CertificateFiles {
    fn read(&self) -> Result<Read, CertificateError> {
        let read = |file: &PathBuf| {
            fs::read(file).map_err(|source| CertificateError::File {
                file: file.clone(),
                source,
            })
        };
        Ok(Read {
            chain: read(&self.chain)?,
            key: read(&self.key)?,
        })
    }

    fn parse(
        &self,
        read: &Read,
        provider: &CryptoProvider,
    ) -> Result<CertifiedKey, CertificateError> {
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read.chain).collect();
        let chain = chain.unwrap_or_default();
        if chain.is_empty() {
            return Err(CertificateError::NoCertificate(self.chain.clone()));
        }
        let key = PrivateKeyDer::from_pem_slice(&read.key)
            .map_err(|_unreadable| CertificateError::NoKey(self.key.clone()))?;
        Ok(CertifiedKey::from_der(chain, key, provider)?)
    }

    /// Takes new files over when they are right. While they are not (the key is written after the
    /// certificate, say), the old certificate goes on, and what is wrong is logged once.
    fn watch(
        self,
        known: [u8; 32],
        current: Arc<Current>,
        provider: Arc<CryptoProvider>,
    ) -> Result<(), CertificateError> {
        let current = Arc::downgrade(&current);
        let mut known = Some(known);
        let look = move || {
            while let Some(current) = current.upgrade() {
                let read = self.read();
                let now = read.as_ref().ok().map(Read::fingerprint);
                if now != known {
                    known = now;
                    self.take_over(read, &current, &provider);
                }
                drop(current);
                std::thread::sleep(LOOKS_EVERY);
            }
        };
        std::thread::Builder::new()
            .name("certificate".to_owned())
            .spawn(look)
            .map_err(CertificateError::Watch)?;
        Ok(())
    }

    fn take_over(
        &self,
        read: Result<Read, CertificateError>,
        current: &Current,
        provider: &CryptoProvider,
    ) {
        match read.and_then(|read| self.parse(&read, provider)) {
            Ok(new) => {
                *current.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(new);
                tracing::info!("the certificate was read again");
            }
            Err(cause) => {
                tracing::error!(%cause, "the certificate's files are not right; the one before goes on");
            }
        }
    }
}
