//! A real cluster in a temporary folder: made, started, killed, reused and stopped.

#![expect(clippy::unwrap_used, reason = "what a test's own tools cannot do ends the test")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, id};

use local_postgres::{Cluster, Error, Settings};

/// A folder of the test's own, with a space and a letter of Swedish in its name, removed with what is in it.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("samlad {test} på prov {}", id()));
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    fn settings(&self) -> Settings {
        Settings { data_folder: self.0.join("postgres"), port: None, durable: false }
    }

    fn start(&self) -> Cluster {
        Cluster::start(&self.settings()).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

fn psql(cluster: &Cluster, database: &str, sql: &str) -> Result<String, String> {
    let mut psql = Command::new(cluster.bin_folder().join("psql"));
    let output = psql.args(["-X", "-A", "-t", "-c", sql, &cluster.url(database)]).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().trim().to_owned();
    if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
}

fn answer(cluster: &Cluster, sql: &str) -> String {
    psql(cluster, "postgres", sql).unwrap()
}

fn pid(cluster: &Cluster) -> String {
    let file = fs::read_to_string(cluster.data_folder().join("data/postmaster.pid")).unwrap();
    file.lines().next().unwrap().to_owned()
}

fn ps(column: &str, pid: &str) -> String {
    let output = Command::new("ps").args(["-o", column, "-p", pid]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

fn kill(pid: &str) {
    assert!(Command::new("kill").args(["-9", pid]).status().unwrap().success());
    while lives(pid) {}
}

/// A process that is over but that nobody has waited for yet, Z to `ps`, is as dead as one that is gone.
fn lives(pid: &str) -> bool {
    !matches!(ps("stat=", pid).chars().next(), None | Some('Z'))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn it_starts_and_answers_and_starts_again_with_what_it_kept() {
    let folder = Folder::new("again");
    let cluster = folder.start();
    assert_eq!(answer(&cluster, "SELECT 1"), "1");
    assert_eq!(answer(&cluster, "SHOW server_encoding"), "UTF8");
    assert_eq!(
        answer(&cluster, "SELECT current_setting('fsync') || current_setting('shared_buffers')"),
        "off256MB"
    );
    answer(&cluster, "CREATE DATABASE \"två ord\"");
    assert_eq!(psql(&cluster, "två ord", "SELECT current_database()").unwrap(), "två ord");
    let (url, running) = (cluster.admin_url(), pid(&cluster));
    cluster.stop().unwrap();
    assert!(!lives(&running));

    let cluster = Cluster::start(&Settings { durable: true, ..folder.settings() }).unwrap();
    assert_eq!(cluster.admin_url(), url, "port and password are those of last time");
    assert_eq!(psql(&cluster, "två ord", "SHOW fsync").unwrap(), "on");
}

#[test]
fn it_is_closed_to_others_and_to_the_terminals_interrupt() {
    let folder = Folder::new("private");
    let cluster = folder.start();
    assert_eq!(mode(cluster.data_folder()), 0o700);
    assert_eq!(mode(&cluster.data_folder().join("password")), 0o600);
    assert_eq!(answer(&cluster, "SHOW listen_addresses"), "127.0.0.1");
    let url = cluster.admin_url().replace("//postgres:", "//postgres:not");
    let refused =
        Command::new(cluster.bin_folder().join("psql")).args(["-c", "SELECT 1", &url]).output().unwrap();
    assert!(String::from_utf8(refused.stderr).unwrap().contains("password authentication failed"));
    let server = pid(&cluster);
    assert_eq!(ps("pgid=", &server), server, "the server leads a process group of its own");
}

#[test]
fn a_server_that_was_killed_does_not_stand_in_the_way() {
    let folder = Folder::new("killed");
    let killed = folder.start();
    answer(&killed, "CREATE TABLE kept AS SELECT 7 AS number");
    answer(&killed, "CHECKPOINT");
    kill(&pid(&killed));
    let cluster = folder.start();
    drop(killed);
    assert_eq!(
        answer(&cluster, "SELECT number FROM kept"),
        "7",
        "the former owner stops nothing but its own server"
    );
    let running = pid(&cluster);
    drop(cluster);
    assert!(!lives(&running));
}

#[test]
fn what_a_crash_left_behind_does_not_stand_in_the_way() {
    let folder = Folder::new("number");
    let cluster = folder.start();
    let file = cluster.data_folder().join("data/postmaster.pid");
    let anothers = fs::read_to_string(&file).unwrap().replacen(&pid(&cluster), &id().to_string(), 1);
    cluster.stop().unwrap();
    // The dead server's number may have gone to another program, and its file may never have reached the disk.
    for left in [anothers.as_str(), ""] {
        fs::write(&file, left).unwrap();
        assert_eq!(answer(&folder.start(), "SELECT 1"), "1");
    }
}

#[test]
fn whoever_comes_second_uses_the_running_cluster_and_leaves_it_running() {
    let folder = Folder::new("second");
    let first = folder.start();
    let second = folder.start();
    assert_eq!(first.admin_url(), second.admin_url());
    assert_eq!(pid(&first), pid(&second));
    second.stop().unwrap();
    assert_eq!(answer(&first, "SELECT 1"), "1");
}

#[test]
fn those_who_come_at_once_make_one_cluster() {
    let folder = Folder::new("at once");
    let clusters: Vec<Cluster> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..3).map(|_| scope.spawn(|| folder.start())).collect();
        starts.into_iter().map(|start| start.join().unwrap()).collect()
    });
    assert!(
        clusters.iter().all(|it| answer(it, "SELECT 1") == "1" && it.admin_url() == clusters[0].admin_url())
    );
}

#[test]
fn what_an_interrupted_initialisation_left_is_made_anew() {
    let folder = Folder::new("interrupted");
    let settings = folder.settings();
    let left = settings.data_folder.join("data.unfinished-abcdefgh");
    fs::create_dir_all(left.join("base")).unwrap();
    fs::write(left.join("PG_VERSION"), "15\n").unwrap();
    fs::write(settings.data_folder.join("lock"), "").unwrap();
    fs::write(settings.data_folder.join("unfinished"), "half a passw").unwrap();
    assert_eq!(answer(&folder.start(), "SELECT 1"), "1");
    assert!(!left.exists());
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let folder = Folder::new("occupied");
    fs::write(folder.0.join("letter"), "").unwrap();
    let refused = Cluster::start(&Settings { data_folder: folder.0.clone(), ..folder.settings() });
    assert!(matches!(refused, Err(Error::FolderOccupied { .. })), "{refused:?}");
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
}

#[test]
fn a_port_that_is_taken_is_said_so_and_last_times_port_is_only_a_wish() {
    let folder = Folder::new("port");
    let cluster = folder.start();
    let url = cluster.admin_url();
    cluster.stop().unwrap();
    let port = fs::read_to_string(folder.settings().data_folder.join("port")).unwrap().parse().unwrap();
    let _other = std::net::TcpListener::bind(("127.0.0.1", port)).unwrap();
    let refused = Cluster::start(&Settings { port: Some(port), ..folder.settings() });
    assert!(matches!(refused, Err(Error::PortTaken { port: taken }) if taken == port), "{refused:?}");
    let cluster = folder.start();
    assert_ne!(cluster.admin_url(), url);
    assert_eq!(answer(&cluster, "SELECT 1"), "1");
}
