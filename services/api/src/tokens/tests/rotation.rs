//! Keys that come and go: by file, and by an address on this machine.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;
use std::{env, fs, process, thread};

use serde_json::{Value, json};

use super::super::{KeyFault, KeySource, TokenFault, Tokens};
use super::issuing::Pair;
use super::{after_noon, anna, claims, header, noon, settings, with};

/// A key set in a file of its own, gone with the test.
struct KeyFile(PathBuf);

impl KeyFile {
    fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("samlad-{}-{name}.json", process::id())))
    }

    fn holds(&self, keys: &[Value]) {
        fs::write(&self.0, json!({ "keys": keys }).to_string()).unwrap();
    }

    async fn open(&self) -> Arc<Tokens> {
        Tokens::open(settings(KeySource::File(self.0.clone()))).await.unwrap()
    }
}

impl Drop for KeyFile {
    fn drop(&mut self) {
        fs::remove_file(&self.0).unwrap();
    }
}

/// Good for a day from noon, so that only keys matter.
fn day_token(pair: &Pair, key_id: &str) -> String {
    let claims = with(claims(), "exp", json!(noon().as_second() + 86_400));
    pair.token(&with(header("ES256"), "kid", json!(key_id)), &claims)
}

#[tokio::test]
async fn a_new_key_is_read_at_most_once_a_minute() {
    let (first, second, third) = (Pair::ec(), Pair::ec(), Pair::ec());
    let file = KeyFile::new("rotated");
    file.holds(&[first.jwk("k1")]);
    let tokens = file.open().await;
    assert_eq!(tokens.verify(&day_token(&first, "k1"), noon()).await, Ok(anna()));

    file.holds(&[first.jwk("k1"), second.jwk("k2")]);
    assert_eq!(tokens.verify(&day_token(&second, "k2"), noon()).await, Ok(anna()));

    file.holds(&[second.jwk("k2"), third.jwk("k3")]);
    let token = day_token(&third, "k3");
    assert_eq!(tokens.verify(&token, after_noon(59)).await, Err(TokenFault::UnknownKey));
    assert_eq!(tokens.verify(&day_token(&first, "k1"), after_noon(59)).await, Ok(anna()));
    assert_eq!(tokens.verify(&token, after_noon(60)).await, Ok(anna()));
    // Seen and good a moment ago, but its key has gone.
    assert_eq!(tokens.verify(&day_token(&first, "k1"), after_noon(60)).await, Err(TokenFault::UnknownKey));
}

#[tokio::test]
async fn the_old_keys_stand_when_the_new_cannot_be_read() {
    let (first, second) = (Pair::ec(), Pair::ec());
    let file = KeyFile::new("broken");
    file.holds(&[first.jwk("k1")]);
    let tokens = file.open().await;
    fs::write(&file.0, "{ half a fi").unwrap();
    let (old, new) = (day_token(&first, "k1"), day_token(&second, "k2"));
    assert_eq!(tokens.verify(&new, noon()).await, Err(TokenFault::UnknownKey));
    assert_eq!(tokens.verify(&old, noon()).await, Ok(anna()));
    file.holds(&[json!({ "kty": "not yet invented" }), second.jwk("k2")]);
    assert_eq!(tokens.verify(&new, after_noon(61)).await, Ok(anna()));
}

#[tokio::test]
async fn a_clock_set_back_does_not_stop_the_reading() {
    let (first, second) = (Pair::ec(), Pair::ec());
    let file = KeyFile::new("set-back");
    file.holds(&[first.jwk("k1")]);
    let tokens = file.open().await;
    let token = day_token(&second, "k2");
    assert_eq!(tokens.verify(&token, after_noon(7_200)).await, Err(TokenFault::UnknownKey));
    assert_eq!(tokens.verify(&token, after_noon(7_199)).await, Err(TokenFault::UnknownKey));
    file.holds(&[second.jwk("k2")]);
    assert_eq!(tokens.verify(&token, noon()).await, Ok(anna()));
}

#[tokio::test]
async fn a_withdrawn_key_stops_counting_with_no_new_token_seen() {
    let (first, second) = (Pair::ec(), Pair::ec());
    let file = KeyFile::new("withdrawn");
    file.holds(&[first.jwk("k1")]);
    let tokens = file.open().await;
    let token = day_token(&first, "k1");
    assert_eq!(tokens.verify(&token, noon()).await, Ok(anna()));
    file.holds(&[second.jwk("k2")]);
    assert_eq!(tokens.verify(&token, after_noon(599)).await, Ok(anna()));
    let stops = async {
        while tokens.verify(&token, after_noon(600)).await.is_ok() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), stops).await.unwrap();
}

#[tokio::test]
async fn a_caller_who_hangs_up_does_not_break_off_the_reading() {
    let (first, second) = (Pair::ec(), Pair::ec());
    let file = KeyFile::new("hung-up");
    file.holds(&[first.jwk("k1")]);
    let tokens = file.open().await;
    file.holds(&[second.jwk("k2")]);
    let token = day_token(&second, "k2");
    let mut asking = Box::pin(tokens.verify(&token, noon()));
    assert!(asking.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    drop(asking);
    assert_eq!(tokens.verify(&token, noon()).await, Ok(anna()));
}

/// Answers every request on a port of its own with what it is told to.
struct Site {
    address: String,
    answer: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
}

impl Site {
    fn answering(answer: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (answer, asked) = (Arc::new(Mutex::new(answer)), Arc::new(AtomicUsize::new(0)));
        let (told, count) = (Arc::clone(&answer), Arc::clone(&asked));
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let answer = told.lock().unwrap().clone();
                answer_one(&mut stream, &answer);
            }
        });
        Self { address, answer, asked }
    }

    fn now_answers(&self, answer: String) {
        *self.answer.lock().unwrap() = answer;
    }

    async fn open(&self, scheme: &str) -> Result<Arc<Tokens>, KeyFault> {
        Tokens::open(settings(KeySource::Url(format!("{scheme}://{}/keys", self.address)))).await
    }
}

/// A caller who hangs up early, as one that gives up on a large body does, is no fault of the site's.
fn answer_one(stream: &mut TcpStream, answer: &str) {
    let mut request = [0; 4096];
    if stream.read(&mut request).is_ok() {
        stream.write_all(answer.as_bytes()).ok();
    }
}

fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

#[tokio::test]
async fn keys_are_read_from_an_address() {
    let (first, second) = (Pair::ec(), Pair::ec());
    let site = Site::answering(ok(&json!({ "keys": [first.jwk("k1")] }).to_string()));
    let tokens = site.open("http").await.unwrap();
    assert_eq!(tokens.verify(&day_token(&first, "k1"), noon()).await, Ok(anna()));
    site.now_answers("HTTP/1.1 503 No\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".into());
    for second_of_day in 0..120 {
        let token = day_token(&second, &format!("unknown{second_of_day}"));
        assert_eq!(tokens.verify(&token, after_noon(second_of_day)).await, Err(TokenFault::UnknownKey));
        assert_eq!(tokens.verify(&day_token(&first, "k1"), after_noon(second_of_day)).await, Ok(anna()));
    }
    assert_eq!(site.asked.load(Ordering::SeqCst), 3, "at the start, at once, and a minute later");
    site.now_answers(ok(&json!({ "keys": [second.jwk("k2")] }).to_string()));
    assert_eq!(tokens.verify(&day_token(&second, "k2"), after_noon(120)).await, Ok(anna()));
}

#[tokio::test]
async fn keys_come_from_the_address_given_and_no_other() {
    let key = Pair::ec();
    let keys = json!({ "keys": [key.jwk("k1")] }).to_string();
    let target = Site::answering(ok(&keys));
    let redirect = format!(
        "HTTP/1.1 302 Found\r\nlocation: http://{}/\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        target.address
    );
    let refused = Site::answering(redirect).open("http").await;
    assert!(matches!(refused, Err(KeyFault::Status(..))));
    assert_eq!(target.asked.load(Ordering::SeqCst), 0);
    let large = format!("{keys}{}", " ".repeat(300 * 1024));
    assert!(matches!(Site::answering(ok(&large)).open("http").await, Err(KeyFault::Address(..))));
    assert!(matches!(Site::answering(ok("<html>")).open("http").await, Err(KeyFault::NotAKeySet(_))));
    // Neither the lack of a process-wide TLS provider nor of built-in roots may end in a panic.
    assert!(matches!(target.open("https").await, Err(KeyFault::Address(..))));
}

#[tokio::test]
async fn keys_are_not_fetched_unprotected_over_the_network() {
    for url in [
        "http://id.example.se/keys",
        "http://localhost.example.se/keys",
        "http://localhost@id.example.se/keys",
        "http://10.0.0.1/keys",
        "file:///etc/passwd",
        "ftp://localhost/keys",
        "/keys",
        "",
    ] {
        let refused = Tokens::open(settings(KeySource::Url(url.into()))).await;
        assert!(matches!(refused, Err(KeyFault::NotHttps)), "{url}");
    }
}

#[tokio::test]
async fn a_file_that_is_not_there_is_told_at_the_start() {
    let refused = Tokens::open(settings(KeySource::File("/nowhere/keys.json".into()))).await;
    assert!(matches!(refused, Err(KeyFault::File(..))));
}
