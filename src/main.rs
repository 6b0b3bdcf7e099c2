//! The `asrun` command: arguments in, an exit code out; everything else is in the library.

fn main() -> std::process::ExitCode {
    asrun::cli::run(std::env::args_os())
}
