//! Turn by turn: the same requests to us and to nginx, with and without its cache of open files.

use anyhow::{Context, Result, ensure};

use crate::line::Line;
use crate::nginx::{self, Kept};
use crate::process::Running;
use crate::report::{Against, Report};
use crate::wrk::{self, Figures, Load};
use crate::{Bench, fill, tell};

const CONNECTIONS: [u32; 2] = [16, 64];
/// So many items are asked for in turn.
const IN_TURN: u32 = 200;

/// What readers ask for.
struct Asked {
    name: &'static str,
    addresses: Vec<String>,
}

/// One turn of one server.
#[derive(Clone, Copy)]
pub(crate) struct Turn {
    pub(crate) figures: Figures,
    /// Microseconds of all processors together.
    pub(crate) cpu_micros: f64,
}

pub(crate) fn measure(bench: &Bench, report: &mut Report) -> Result<()> {
    let port = bench.wanted.port;
    let ours = Running::dateline(&bench.room.file, port)?;
    ours.answers("/")?;
    let pages = pages(bench, port)?;
    let kept = kept(&pages, port)?;
    let disk = nginx::start(&bench.folder, &kept, port + 1, false)?;
    let cached = nginx::start(&bench.folder, &kept, port + 2, true)?;
    let servers = [&ours, &disk, &cached];
    for page in &pages {
        report.size(page.name, first(&kept, page)?);
        for connections in CONNECTIONS {
            tell(&format!("{}, {connections} connections", page.name));
            let mut turns = [const { Vec::new() }; 3];
            for round in 0..bench.wanted.rounds {
                for server in order(round) {
                    let (Some(running), Some(turns)) = (servers.get(server), turns.get_mut(server))
                    else {
                        continue;
                    };
                    turns.push(turn(bench, running, page, (connections, server > 0))?);
                }
            }
            let [ours, disk, cached] = turns;
            report.turns(
                page.name,
                connections,
                &ours,
                &[(Against::Disk, disk), (Against::OpenFiles, cached)],
            );
        }
    }
    Ok(())
}

/// Nobody is always the first.
fn order(round: u32) -> [usize; 3] {
    match round % 3 {
        0 => [0, 1, 2],
        1 => [1, 2, 0],
        _ => [2, 0, 1],
    }
}

fn turn(
    bench: &Bench,
    server: &Running,
    page: &Asked,
    (connections, is_nginx): (u32, bool),
) -> Result<Turn> {
    let asked: Vec<String> = page
        .addresses
        .iter()
        .map(|address| {
            if is_nginx {
                nginx::address(address)
            } else {
                address.clone()
            }
        })
        .collect();
    let (addresses, first) = wrk::addresses(&bench.folder.join("addresses"), &asked)?;
    let load = Load {
        port: server.port,
        connections,
        seconds: bench.wanted.seconds,
        threads: bench.wanted.threads,
        addresses,
        first,
    };
    let before = server.cpu()?;
    let figures = load.run()?;
    let used = server.cpu()?.saturating_sub(before);
    ensure!(figures.failed < 1.0, "{} requests failed", figures.failed);
    Ok(Turn {
        figures,
        cpu_micros: used.as_secs_f64() * 1e6 / figures.requests,
    })
}

fn pages(bench: &Bench, port: u16) -> Result<[Asked; 5]> {
    let newest = bench.wanted.items.saturating_sub(1);
    let item = |number| format!("/news/{}", fill::slug(number));
    let front = Line::to(port)?.get("/", "")?;
    let image = image(&String::from_utf8_lossy(&front.body))?;
    let one = |name, address| Asked {
        name,
        addresses: vec![address],
    };
    Ok([
        one("front page", "/".to_owned()),
        one("one item", item(newest)),
        Asked {
            name: "200 items in turn",
            addresses: (0..IN_TURN)
                .map(|back| item(newest.saturating_sub(back)))
                .collect(),
        },
        one("an image", image),
        one("the feed", "/feed.atom".to_owned()),
    ])
}

/// The address of the first image of a page.
fn image(page: &str) -> Result<String> {
    let (_, rest) = page.split_once("\"/images/").context("no image")?;
    let end = rest.find(['"', ' ', ',']).context("no end")?;
    let (path, _) = rest.split_at(end);
    Ok(format!("/images/{path}"))
}

fn kept(pages: &[Asked], port: u16) -> Result<Vec<Kept>> {
    let mut line = Line::to(port)?;
    let addresses = pages.iter().flat_map(|page| page.addresses.iter().cloned());
    addresses
        .map(|address| {
            let answer = line.get(&address, "gzip")?;
            ensure!(answer.status == 200, "{address} answers {}", answer.status);
            Ok(Kept { address, answer })
        })
        .collect()
}

fn first<'a>(kept: &'a [Kept], page: &Asked) -> Result<&'a Kept> {
    let address = page.addresses.first().context("no address")?;
    kept.iter()
        .find(|one| one.address == *address)
        .context("nothing kept")
}
