//! Everything that only the server has. `http` and `door` let requests in, `service` holds one use case a file (the
//! transaction lives there), `store` the queries, `mail` what goes out, `cli` the operator's commands.

pub mod answers;
pub mod arrivals;
pub mod cli;
pub mod client;
pub mod clock;
pub mod config;
pub mod connections;
pub mod csv;
pub mod demo;
pub mod device;
pub mod door;
pub mod heavy_work;
pub mod hold;
pub mod http;
pub mod import_file;
pub mod lookout;
pub mod mail;
pub mod open_files;
pub mod password_hash;
pub mod permissions;
pub mod random;
pub mod refusals;
pub mod run;
pub mod service;
pub mod services;
pub mod store;
pub mod telemetry;
pub mod times;
pub mod work;
