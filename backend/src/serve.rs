//! `comptoir serve`: web tier, saver and hub in one process, on the embedded engine.

use crate::clock::Mint;
use crate::config::{ConfigError, ServeOptions, encryption_key};
use crate::demo::{self, DemoStore};
use crate::lifecycle::Lifecycle;
use crate::live::Hub;
use crate::log::EventLog;
use crate::log::embedded::EmbeddedLog;
use crate::metrics::Metrics;
use crate::saver::Saver;
use crate::store::sqlite::{OpenError, Sqlite};
use crate::store::{Store, StoreError};
use crate::web::{App, AppState, Parts, Settings, router, sweeper};
use shared::store::Role;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// Why the server did not start or did not go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The configuration is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The data folder cannot be used.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The address is taken.
    #[error("{0} is taken by another program: stop that one, or choose another address with --listen")]
    Taken(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What went wrong.
        cause: io::Error,
    },
    /// The demo data could not be written.
    #[error("the demo data could not be written: {0}")]
    Demo(#[from] demo::SeedError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Anything else of the operating system's.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A stop had to cut something off.
    #[error("stopped before everything had ended; nothing that was acknowledged is lost")]
    CutOff,
}

/// Serves until a signal asks it to stop.
pub async fn run(options: ServeOptions) -> Result<(), ServeError> {
    ServeOptions::validate()?;
    let life = Lifecycle::default();
    life.watch_signals()?;
    let listener = listen(options.listen).await?;
    let address = listener.local_addr()?;
    let engine = Engine::open(&options)?;
    let stores = engine.seed(&options).await?;
    engine.start(&options, &life);
    let app = engine.app(&options, &life, address)?;
    life.tasks.spawn(sweeper::run(Arc::clone(&app), life.soft.clone()));
    announce(address, &stores);
    serve(listener, app, &life).await?;
    life.soft.cancel();
    if life.finished().await { Ok(()) } else { Err(ServeError::CutOff) }
}

async fn listen(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken(address),
        _ => ServeError::Listen { address, cause },
    })
}

/// Answers requests until a soft stop, and then those that are under way until a hard one.
async fn serve(listener: TcpListener, app: App, life: &Lifecycle) -> io::Result<()> {
    let router = router::router(app).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, router).with_graceful_shutdown(life.soft.clone().cancelled_owned());
    tokio::select! {
        outcome = server => outcome,
        () = life.hard.cancelled() => Ok(()),
    }
}

/// Says where everything is. On standard output: it is what the person who started this is waiting for.
fn announce(address: SocketAddr, stores: &[DemoStore]) {
    println!("Comptoir is open.");
    println!("  till      http://{address}/till");
    println!("  manager   http://{address}/manager");
    println!("  API       http://{address}/api/docs");
    for store in stores {
        println!("  {}", sign_in(store));
    }
}

/// `store 1, Lyon Part-Dieu: registers 1, 2; sign in as 1 Ines M. (PIN 1111), …`
fn sign_in(demo: &DemoStore) -> String {
    let registers: Vec<_> = demo.registers.iter().map(ToString::to_string).collect();
    let staff = demo.sellers.iter().map(|(seller, pin)| {
        let role = if seller.role == Role::Manager { "manager " } else { "" };
        format!("{role}{} {} (PIN {pin})", seller.no, seller.name)
    });
    let staff: Vec<_> = staff.collect();
    let (store, registers, staff) = (&demo.store, registers.join(", "), staff.join(", "));
    format!("store {}, {}: registers {registers}; sign in as {staff}", store.no, store.name)
}

/// Log, store and what hangs on them.
struct Engine {
    log: Arc<dyn EventLog>,
    store: Arc<dyn Store>,
    hub: Arc<Hub>,
    metrics: Arc<Metrics>,
    mint: Mint,
}

impl Engine {
    fn open(options: &ServeOptions) -> Result<Self, ServeError> {
        let file = Arc::new(Sqlite::open(&options.data)?);
        let store: Arc<dyn Store> = Arc::clone(&file) as Arc<dyn Store>;
        Ok(Self {
            log: Arc::new(EmbeddedLog::new(file)),
            hub: Arc::new(Hub::new(Arc::clone(&store))),
            store,
            metrics: Arc::new(Metrics::new()),
            mint: Mint::system(),
        })
    }

    /// Writes the demo data if they are asked for, and says what to sign in with.
    async fn seed(&self, options: &ServeOptions) -> Result<Vec<DemoStore>, ServeError> {
        if !options.demo {
            return Ok(Vec::new());
        }
        Ok(demo::seed(&self.store, &*self.log, &self.mint).await?)
    }

    /// Starts the hub and the saver.
    fn start(&self, options: &ServeOptions, life: &Lifecycle) {
        let (hub, notices, stop) = (Arc::clone(&self.hub), self.log.notices(), life.soft.clone());
        life.tasks.spawn(async move { hub.run(notices, stop).await });
        let saver = Saver {
            log: Arc::clone(&self.log),
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.mint.clock),
            metrics: Arc::clone(&self.metrics),
            rate: options.saver_rate,
            stop: life.soft.clone(),
        };
        life.tasks.spawn(async move {
            if let Err(error) = saver.run().await {
                tracing::error!(%error, "the saver stopped; receipts are still accepted and wait in the log");
            }
        });
    }

    fn app(&self, options: &ServeOptions, life: &Lifecycle, own_address: SocketAddr) -> Result<App, ServeError> {
        let settings = Settings {
            operator_token: options.token.clone(),
            demo: options.takes_demo_token(),
            site: options.site.clone(),
            secure_cookies: options.secure_cookies,
            key: encryption_key(&options.data, self.mint.random())?,
            own_address,
        };
        Ok(AppState::new(Parts {
            log: Arc::clone(&self.log),
            store: Arc::clone(&self.store),
            hub: Arc::clone(&self.hub),
            mint: self.mint.clone(),
            metrics: Arc::clone(&self.metrics),
            settings: Arc::new(settings),
            stopping: life.soft.clone(),
            tasks: life.tasks.clone(),
        }))
    }
}
