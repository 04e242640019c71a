//! A Unix socket: a door with a file's name, whose mode says who may come in.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// A socket that is listened on; its file goes with it.
#[derive(Debug)]
pub struct SocketFile {
    path: PathBuf,
    inode: (u64, u64),
}

/// Listens at this path. A socket that a dead process left there is taken over; one at which
/// somebody answers is not, nor is any other file.
pub fn bind(path: &Path, mode: u32) -> io::Result<(UnixListener, SocketFile)> {
    make_way(path)?;
    // Made beside and moved, so that nobody comes in before the mode is right.
    let beside = path.with_added_extension("new");
    remove(&beside)?;
    let listener = UnixListener::bind(&beside)?;
    let moved = fs::set_permissions(&beside, Permissions::from_mode(mode))
        .and_then(|()| fs::rename(&beside, path))
        .and_then(|()| fs::symlink_metadata(path));
    let known = match moved {
        Ok(known) => known,
        Err(error) => {
            remove(&beside)?;
            return Err(error);
        }
    };
    let file = SocketFile {
        path: path.to_owned(),
        inode: (known.dev(), known.ino()),
    };
    Ok((listener, file))
}

fn make_way(path: &Path) -> io::Result<()> {
    let known = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        known => known?,
    };
    if !known.file_type().is_socket() {
        let sentence = "there is a file of this name that is no socket";
        return Err(io::Error::new(io::ErrorKind::AlreadyExists, sentence));
    }
    match UnixStream::connect(path) {
        Ok(_somebody) => Err(io::Error::new(
            io::ErrorKind::AddrInUse,
            "another process answers there",
        )),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
        Err(error) => Err(error),
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

impl Drop for SocketFile {
    /// Unless another process has taken the name over.
    fn drop(&mut self) {
        let known = fs::symlink_metadata(&self.path);
        if known.is_ok_and(|known| (known.dev(), known.ino()) == self.inode) {
            // A socket that stays behind is taken over at the next start.
            let _stays = remove(&self.path);
        }
    }
}
