//! Ports of servers.

/// Ports of services that are not for the public (IANA, Service Name and Transport Protocol Port Number Registry, and
/// the defaults in the documentation of the products): databases, caches, queues, directories, clusters, remote desktops.
const INNER_PORTS: &[u32] = &[
    389, 636, 873, 1433, 1521, 1883, 2049, 2181, 2379, 2380, 3306, 3389, 4222, 5432, 5433, 5601,
    5671, 5672, 5900, 6379, 6380, 6432, 6443, 7199, 8086, 8123, 8300, 8500, 9042, 9090, 9092, 9093,
    9100, 9200, 9300, 10250, 11211, 15672, 16379, 26379, 27017, 27018, 33060, 50070, 61616,
];

/// Ports of any server.
const COMMON_PORTS: &[u32] =
    &[80, 443, 3000, 4000, 5000, 7000, 8000, 8080, 8081, 8443, 8888, 9000, 50051];

/// Whether a service that is not for the public has that port.
pub(super) fn is_inner_port(port: u32) -> bool {
    INNER_PORTS.contains(&port)
}

/// Whether servers of any kind often have that port.
pub(super) fn is_common_port(port: u32) -> bool {
    COMMON_PORTS.contains(&port)
}
