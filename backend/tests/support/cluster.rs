//! Kafka as production has it: three brokers, TLS, and a name and password.

use super::part::Part;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// How many nodes there are, each broker and controller.
const NODES: usize = 3;

/// The ports of clusters.
const PRIVATE: Range<u16> = 20_000..30_000;

/// All nodes of one cluster have one id; every test has folders and ports of its own.
const ID: &str = "Q29tcHRvaXItaW4tdGVzdA";

/// Who may come in.
pub const USER: (&str, &str) = ("comptoir", "Quatre-vingt-dix");

/// The nodes, and how to reach them from outside.
pub struct Cluster {
    /// Each at an address for those within.
    pub nodes: Vec<Part>,
    /// `host:port,…` of the listeners that ask for TLS and a password.
    pub servers: String,
    /// The certificate of the authority that has signed theirs, in PEM form.
    pub authority: PathBuf,
}

impl Cluster {
    /// Starts it; all nodes listen.
    pub async fn start(folder: &Path) -> Self {
        let [inside, outside, controllers] = free_addresses();
        let (authority, identity) = identity(folder);
        let voters: Vec<_> =
            controllers.iter().enumerate().map(|(at, address)| format!("{}@{address}", at + 1)).collect();
        let mut nodes = Vec::new();
        for at in 0..NODES {
            let own = folder.join(format!("node-{}", at + 1));
            fs::create_dir_all(&own).expect("a folder can be made");
            let file = own.join("own.properties");
            let places = [inside[at], outside[at], controllers[at]];
            fs::write(&file, settings(at + 1, places, &voters.join(","), &identity)).expect("settings can be written");
            let file = file.display().to_string();
            let user = format!("SCRAM-SHA-512=[name={},password={}]", USER.0, USER.1);
            let further = ["--kafka-settings", &file, "--kafka-cluster", ID, "--kafka-user", &user];
            nodes.push(Part::prepare("kafka", inside[at], &own, &further));
        }
        // None of them serves before most of them are there.
        nodes.iter_mut().for_each(Part::launch);
        for node in &mut nodes {
            node.listens().await;
        }
        Self { nodes, servers: outside.map(|address| address.to_string()).join(","), authority }
    }
}

/// Addresses that nobody listens on, for each node within, from outside and as a controller. They are below those that systems
/// give to outgoing connections, one of which could otherwise have the place of a node that was killed.
fn free_addresses() -> [[SocketAddr; NODES]; 3] {
    let start = PRIVATE.start + u16::try_from(std::process::id() % 7_000).unwrap_or_default();
    let mut free = (start..PRIVATE.end).filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok());
    // Held until all are found, so that none is found twice.
    let held = [(); 3].map(|()| [(); NODES].map(|()| free.next().expect("a port is free")));
    held.map(|nodes| nodes.map(|node| node.local_addr().expect("it listens")))
}

/// What one node has to know beyond what a single one knows.
fn settings(id: usize, [inside, outside, controller]: [SocketAddr; 3], voters: &str, identity: &Path) -> String {
    let listeners = format!("PLAINTEXT://{inside},OUTSIDE://{outside}");
    [
        format!("node.id={id}"),
        format!("controller.quorum.voters={voters}"),
        format!("listeners={listeners},CONTROLLER://{controller}"),
        format!("advertised.listeners={listeners}"),
        "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,OUTSIDE:SASL_SSL".to_owned(),
        "inter.broker.listener.name=PLAINTEXT".to_owned(),
        "sasl.enabled.mechanisms=SCRAM-SHA-512".to_owned(),
        "listener.name.outside.scram-sha-512.sasl.jaas.config=\
         org.apache.kafka.common.security.scram.ScramLoginModule required;"
            .to_owned(),
        "listener.name.outside.ssl.keystore.type=PEM".to_owned(),
        format!("listener.name.outside.ssl.keystore.location={}", identity.display()),
        format!("offsets.topic.replication.factor={NODES}"),
        String::new(),
    ]
    .join("\n")
}

/// An authority, and a certificate and key for this machine that it has signed: two files in PEM form.
fn identity(folder: &Path) -> (PathBuf, PathBuf) {
    let key = || KeyPair::generate().expect("a key can be made");
    let params = |who: &str, names: &[String]| {
        let mut params = CertificateParams::new(names).expect("the names are names");
        params.distinguished_name.push(DnType::CommonName, who);
        params
    };
    let mut authority = params("authority", &[]);
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_key = key();
    let root = authority.self_signed(&authority_key).expect("an authority signs itself");
    let own_key = key();
    let issuer = Issuer::new(authority, authority_key);
    let own =
        params("broker", &["127.0.0.1".to_owned()]).signed_by(&own_key, &issuer).expect("an authority signs others");
    let write = |name: &str, text: String| {
        let path = folder.join(name);
        fs::write(&path, text).expect("a file can be written");
        path
    };
    (write("authority.pem", root.pem()), write("identity.pem", own_key.serialize_pem() + &own.pem()))
}
