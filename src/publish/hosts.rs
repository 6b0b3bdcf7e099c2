//! Hosts that are only known within a team: a server with its port, an account at a server.

use std::ops::Range;

use super::addresses::has_extension;
use super::ports::{is_common_port, is_inner_port};
use super::words::{CAPITAL, PARTS, SMALL, Word, kinds, near_before, run};

/// What servers are called after.
const KINDS: &[&str] = &[
    "api",
    "app",
    "backend",
    "backup",
    "bastion",
    "broker",
    "cache",
    "cassandra",
    "ceph",
    "clickhouse",
    "cluster",
    "consul",
    "database",
    "db",
    "elastic",
    "elasticsearch",
    "es",
    "etcd",
    "frontend",
    "gateway",
    "gitlab",
    "grafana",
    "gw",
    "haproxy",
    "host",
    "influx",
    "internal",
    "jenkins",
    "jump",
    "kafka",
    "lb",
    "ldap",
    "mail",
    "mariadb",
    "master",
    "memcached",
    "minio",
    "mongo",
    "mongodb",
    "mq",
    "mysql",
    "nats",
    "nexus",
    "nfs",
    "nginx",
    "node",
    "opensearch",
    "pg",
    "pgbouncer",
    "postgres",
    "postgresql",
    "primary",
    "prod",
    "prometheus",
    "proxy",
    "queue",
    "rabbitmq",
    "redis",
    "registry",
    "replica",
    "secondary",
    "server",
    "shard",
    "slave",
    "smtp",
    "sql",
    "srv",
    "staging",
    "standby",
    "storage",
    "svc",
    "vault",
    "vm",
    "vpn",
    "web",
    "worker",
    "zookeeper",
];

/// Accounts of servers, besides those of persons.
const ACCOUNTS: &[&str] = &[
    "root",
    "admin",
    "administrator",
    "ubuntu",
    "centos",
    "debian",
    "ec2-user",
    "opc",
    "core",
    "deploy",
    "deployer",
    "ansible",
    "jenkins",
    "postgres",
    "mysql",
    "oracle",
    "hadoop",
    "vagrant",
    "www-data",
];

/// What is behind the `@` of a package or an image.
const VERSIONS: &[&str] = &[
    "latest",
    "next",
    "lts",
    "stable",
    "beta",
    "canary",
    "alpha",
    "edge",
    "current",
    "tip",
    "head",
    "nightly",
    "main",
    "rc",
    "localhost",
];

/// Commands before an account at a host.
const COMMANDS: &[&str] = &["ssh", "scp", "sftp", "mosh", "rsync", "autossh", "ssh-copy-id"];

/// Returns where a word names a server.
pub(super) fn servers_at(word: &Word) -> Vec<Range<usize>> {
    let bytes = word.text.as_bytes();
    let signs = (word.start..word.end).filter(|at| matches!(bytes[*at], b':' | b'@'));
    let found = signs.filter_map(|at| match bytes[at] {
        b'@' => account_at_server(word, at),
        _ if word.has(PARTS) => server_with_port(word, at),
        _ => None,
    });
    found.collect()
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

/// Returns the offset where the run of such bytes before an offset begins.
fn begin(word: &Word, end: usize, is_in: impl Fn(u8) -> bool) -> usize {
    let bytes = &word.text.as_bytes()[word.start..end];
    end - bytes.iter().rev().take_while(|byte| is_in(**byte)).count()
}

/// Returns a host and its port, `db01:5432`, around a colon.
fn server_with_port(word: &Word, colon: usize) -> Option<Range<usize>> {
    let bytes = &word.text.as_bytes()[..word.end];
    let start = begin(word, colon, |byte| is_name_byte(byte) || byte == b'.');
    let length = bytes[colon + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = colon + 1 + length;
    let digits = &word.text[colon + 1..end];
    let port = digits.parse().ok().filter(|port| !digits.starts_with('0') && *port <= 65_535)?;
    let after = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    // A length, a line and its column, a number with more digits.
    let goes_on = after(end).is_ascii_alphabetic()
        || b"-_%".contains(&after(end))
        || b":.,".contains(&after(end)) && after(end + 1).is_ascii_digit();
    let before = bytes[word.start..start].last().copied().unwrap_or(b' ');
    let path = before == b'/' && !word.text[word.start..start].ends_with("//");
    let is_apart = !goes_on && !path && !b"_:#$%~\\".contains(&before);
    let name = &word.text[start..colon];
    (is_apart && is_server_at(name, port)).then_some(start..end)
}

/// Whether a name and a port are those of a server within.
fn is_server_at(name: &str, port: u32) -> bool {
    let inner = is_inner_port(port);
    if !is_name(name) || name == "localhost" {
        return false;
    }
    if name.contains('.') {
        let example = ["example", "test", "invalid", "localhost"];
        let reserved = name.split('.').any(|label| example.contains(&label));
        let last = name.rsplit('.').next().unwrap_or("");
        let letters = kinds(last) & !(SMALL | CAPITAL) == 0;
        return inner && letters && !reserved && !has_extension(name);
    }
    let numbered = is_numbered(name);
    let of_kind = name.split('-').any(is_kind);
    let told = name.contains('-') || name.ends_with(|c: char| c.is_ascii_digit());
    match () {
        () if inner => told || of_kind,
        () if is_common_port(port) => numbered || of_kind && told,
        () => numbered && port >= 80,
    }
}

/// Whether letters begin a name, of one case, and no part of it is empty.
fn is_name(name: &str) -> bool {
    let of_one_case = kinds(name) & (SMALL | CAPITAL) != SMALL | CAPITAL;
    let parts = || name.split(['-', '.']);
    name.len() > 1
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && of_one_case
        && parts().all(|part| !part.is_empty())
}

fn is_kind(part: &str) -> bool {
    KINDS.iter().any(|kind| kind.eq_ignore_ascii_case(part))
}

/// Whether it is a kind of server with a number: `db01`, `prod-web-2`.
fn is_numbered(name: &str) -> bool {
    let letters = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let last = letters.trim_end_matches('-').rsplit('-').next().unwrap_or("");
    letters.len() < name.len() && is_kind(last)
}

/// Returns an account at a host without a domain, `root@db01`, around an `@`.
fn account_at_server(word: &Word, at: usize) -> Option<Range<usize>> {
    let is_account = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let start = begin(word, at, is_account);
    let end = at + 1 + run(&word.text[..word.end], at + 1, is_name_byte);
    let (account, host) = (&word.text[start..at], &word.text[at + 1..end]);
    let bytes = &word.text.as_bytes()[..word.end];
    let dotted =
        bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric);
    let path = bytes[word.start..start].last().is_some_and(|before| b"/${%".contains(before));
    let version = VERSIONS.contains(&host)
        || ["v", "sha", "rc"].iter().any(|mark| {
            host.strip_prefix(mark)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        });
    if account.is_empty() || !is_name(host) || dotted || path || version {
        return None;
    }
    let known = ACCOUNTS.contains(&account);
    (known || is_numbered(host) || is_told(word, start)).then_some(start..end)
}

/// Whether a command that logs in elsewhere precedes an offset on its line.
fn is_told(word: &Word, start: usize) -> bool {
    let line = near_before(word.text, start).rsplit('\n').next().unwrap_or("");
    let marks = |c: char| c.is_ascii_punctuation() && c != '-';
    line.split_whitespace().rev().take(6).any(|one| COMMANDS.contains(&one.trim_matches(marks)))
}

#[cfg(test)]
mod tests {
    use super::super::words::words;
    use super::*;

    #[test]
    fn servers_are_told_from_times_lines_and_versions() {
        for (text, wanted) in [
            ("db01:5432 refused, see redis-prod:6379.", &["db01:5432", "redis-prod:6379"][..]),
            ("redis:6379에서 DB01:5432로", &["redis:6379", "DB01:5432"]),
            ("postgres://db01:5432/x DB_HOST=pg-main:5432", &["db01:5432", "pg-main:5432"]),
            ("web-1:9999 api-gw:8080 node3:443", &["web-1:9999", "api-gw:8080", "node3:443"]),
            ("db.acme.com:5432", &["db.acme.com:5432"]),
            (
                "root@db01 and (kim@web-2), deploy@bastion:/srv",
                &["root@db01", "kim@web-2", "deploy@bastion"],
            ),
            ("ssh -i key kim@corp; `scp a kim@corp:`", &["kim@corp", "kim@corp"]),
            ("at 10:45 by 3:2, main.rs:5432:9 Makefile:5432", &[]),
            ("redis:7 node:18 postgres:15.2 api-server:1532 web:8080 max-age:3600", &[]),
            ("localhost:5432 127.0.0.1:6379 db.example.com:5432 app.example.com:8443", &[]),
            ("port:5432 pid:3306 sha256:1532 retry-after:120", &[]),
            (
                "node@18 react@next @types/node@v2 mysql@latest postgres@sha256:1 getty@tty1 p@p99",
                &[],
            ),
            ("arn:aws:rds:us-east-1:123456789012:db:db01 took db01:120ms", &[]),
            ("registry/app/db01:5432 worker-1:10:45 Kim@home $USER@db01", &[]),
        ] {
            let found: Vec<&str> =
                words(text).flat_map(|word| servers_at(&word)).map(|at| &text[at]).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
