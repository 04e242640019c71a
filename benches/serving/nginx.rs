//! nginx beside us: the same compressed bytes as files on disk, under the same headers.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::line::{Answer, Line};
use crate::process::Running;

/// What was answered at an address, to be answered by nginx too.
pub(crate) struct Kept {
    pub(crate) address: String,
    pub(crate) answer: Answer,
}

/// Headers that nginx makes itself.
const ITS_OWN: [&str; 7] = [
    "content-length",
    "content-type",
    "content-encoding",
    "date",
    "etag",
    "last-modified",
    "vary",
];
/// Headers that nginx adds and cannot be kept from adding.
const ADDED: [&str; 2] = ["server", "connection"];

/// Where nginx has what stands here: it has no file for a folder's own address.
pub(crate) fn address(ours: &str) -> String {
    if ours == "/" {
        "/front".to_owned()
    } else {
        ours.to_owned()
    }
}

/// Starts nginx with these answers in a folder of its own.
pub(crate) fn start(
    folder: &Path,
    kept: &[Kept],
    port: u16,
    has_file_cache: bool,
) -> Result<Running> {
    let root = folder.join(format!("nginx-{port}"));
    for one in kept {
        lay_down(&root, one)?;
    }
    let conf = root.join("nginx.conf");
    fs::write(&conf, configuration(&root, kept, port, has_file_cache)?)?;
    let mut command = Command::new("nginx");
    command.arg("-p").arg(&root).arg("-c").arg(&conf).arg("-e");
    command.arg(root.join("errors.log"));
    let running = Running::start(&mut command, port)?;
    running.answers(&address(&kept.first().context("nothing to serve")?.address))?;
    let mut line = Line::to(port)?;
    for one in kept {
        let theirs = line.get(&address(&one.address), "gzip")?;
        says_the_same(&one.answer, &theirs).with_context(|| one.address.clone())?;
    }
    Ok(running)
}

fn is_gzip(answer: &Answer) -> bool {
    answer.header("content-encoding") == Some("gzip")
}

fn lay_down(root: &Path, kept: &Kept) -> Result<()> {
    let end = if is_gzip(&kept.answer) { ".gz" } else { "" };
    let path = address(&kept.address);
    let file: PathBuf = root.join(format!("files{path}{end}"));
    fs::create_dir_all(file.parent().context("no folder")?)?;
    Ok(fs::write(file, &kept.answer.body)?)
}

/// As fast as nginx serves files by its own manual, with no log, as the other side writes none.
fn configuration(root: &Path, kept: &[Kept], port: u16, has_file_cache: bool) -> Result<String> {
    let user = Command::new("id").arg("-un").output()?.stdout;
    let user = String::from_utf8(user)?;
    let (user, root) = (user.trim(), root.display());
    let file_cache = if has_file_cache {
        "open_file_cache max=10000 inactive=60s; open_file_cache_valid 30s; open_file_cache_errors on;"
    } else {
        "open_file_cache off;"
    };
    let mut places = String::new();
    let mut known = Vec::new();
    for one in kept {
        let place = place(&address(&one.address));
        if !known.contains(&place) {
            places += &location(&place, &one.answer)?;
            known.push(place);
        }
    }
    Ok(format!(
        "user {user};
worker_processes auto;
daemon off;
pid {root}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000000;
    server_tokens off;
    if_modified_since off;
    max_ranges 0;
    types {{ }}
    {file_cache}
    server {{
        listen 127.0.0.1:{port};
        root {root}/files;
{places}    }}
}}
"
    ))
}

/// Items share a place, because their headers are the same; so do images.
fn place(address: &str) -> String {
    for folder in ["/news/", "/images/"] {
        if address.starts_with(folder) {
            return folder.to_owned();
        }
    }
    format!("= {address}")
}

fn location(place: &str, answer: &Answer) -> Result<String> {
    let mut location = format!("        location {place} {{\n");
    let kind = answer.header("content-type").context("no type")?;
    writeln!(location, "            default_type \"{kind}\";")?;
    if is_gzip(answer) {
        location += "            gzip_static on;\n            gzip_vary on;\n";
    }
    location += "            add_header Last-Modified \"\";\n";
    for (name, value) in &answer.headers {
        if !ITS_OWN.contains(&name.as_str()) {
            writeln!(location, "            add_header {name} \"{value}\";")?;
        }
    }
    location += "        }\n";
    Ok(location)
}

/// The very same bytes and headers, but for what each server has to say of itself.
fn says_the_same(ours: &Answer, theirs: &Answer) -> Result<()> {
    ensure!(ours.status == theirs.status, "nginx says {}", theirs.status);
    ensure!(ours.body == theirs.body, "nginx has other bytes");
    for (name, value) in &ours.headers {
        let other = theirs
            .header(name)
            .with_context(|| format!("nginx says no {name}"))?;
        let differs = ["date", "etag"].contains(&name.as_str());
        ensure!(
            differs || other.eq_ignore_ascii_case(value),
            "nginx says {name}: {other}"
        );
    }
    for (name, _) in &theirs.headers {
        let known = ours.header(name).is_some() || ADDED.contains(&name.as_str());
        ensure!(known, "nginx says {name} besides");
    }
    Ok(())
}
