//! A library that is loaded before the system's own and records what is synced. It is not part of asrun: tests/syncs.rs
//! builds it with rustc.

use std::ffi::{c_char, c_int, c_void};
use std::io::Write as _;

unsafe extern "C" {
    fn dlsym(handle: *mut c_void, symbol: *const c_char) -> *mut c_void;
}

/// The next library with a function of that name.
const NEXT: *mut c_void = -1_isize as *mut c_void;

fn note(fd: c_int) {
    let path = std::fs::read_link(format!("/proc/self/fd/{fd}")).unwrap_or_default();
    let Some(log) = std::env::var_os("SYNCS_SEEN") else { return };
    if let Ok(mut log) = std::fs::OpenOptions::new().append(true).create(true).open(log) {
        let _ = writeln!(log, "{}", path.display());
    }
}

/// Records which file it is, then syncs it.
///
/// # Safety
/// As for the system's own `fsync`: any number may be passed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn fsync(fd: c_int) -> c_int {
    note(fd);
    let next = unsafe { dlsym(NEXT, c"fsync".as_ptr()) };
    let next: unsafe extern "C" fn(c_int) -> c_int = unsafe { std::mem::transmute(next) };
    unsafe { next(fd) }
}
