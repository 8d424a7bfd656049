//! The way to the client: messages written straight into their frames, and sent in the order in which they came.

use std::cell::RefCell;
use std::io::{self, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use serde_json::json;
use tokio::task_local;
use tower_lsp::jsonrpc::Id;

/// Writes what it is sent to `output` on a thread of its own, until nobody can send any more. The second part ends
/// when all is written.
pub fn write(mut output: impl Write + Send + 'static) -> (Outgoing, Receiver<()>) {
    let (sender, receiver) = channel();
    let (is_writing, end) = channel();
    thread::spawn(move || {
        let _is_writing: Sender<()> = is_writing;
        // A client that stopped listening has gone; the end of our input will say so too.
        let _ = write_frames(&mut output, &receiver);
    });
    (Outgoing(sender), end)
}

fn write_frames(output: &mut impl Write, messages: &Receiver<Frame>) -> io::Result<()> {
    while let Ok(frame) = messages.recv() {
        output.write_all(&frame.head[frame.start..])?;
        for piece in &frame.rest {
            output.write_all(piece.as_bytes())?;
        }
        output.flush()?;
    }
    Ok(())
}

/// A message with its header, from the byte `start` on, and the pieces that follow if it comes in several.
struct Frame {
    head: Vec<u8>,
    start: usize,
    rest: Vec<String>,
    /// Goes with it once it is written.
    _is_waiting: Option<Sender<()>>,
}

/// Tells when a message is written.
pub struct Written(Receiver<()>);

impl Written {
    /// Waits until it is, or for so long.
    pub fn wait(self, most: Duration) {
        // Nothing is ever sent on this way: it ends.
        let _ = self.0.recv_timeout(most);
    }
}

impl Frame {
    /// Room for the header, whose length is known only when the body is written.
    const ROOM: usize = 48;

    /// A body that is written behind [`Frame::ROOM`], and what follows it.
    fn new(mut head: Vec<u8>, rest: Vec<String>) -> Frame {
        let following: usize = rest.iter().map(String::len).sum();
        let length = head.len() - Frame::ROOM + following;
        let header = format!("Content-Length: {length}\r\n\r\n");
        let start = Frame::ROOM - header.len();
        head[start..Frame::ROOM].copy_from_slice(header.as_bytes());
        Frame {
            head,
            start,
            rest,
            _is_waiting: None,
        }
    }
}

task_local! {
    /// The result of the request at hand, if its handler wrote it out itself: a large one is no tree of values first.
    pub static WRITTEN: RefCell<Option<Vec<String>>>;
}

/// Answers the request at hand with a result in JSON, in pieces; what its handler returns otherwise is not sent.
pub fn answer_with(result: Vec<String>) {
    let _ = WRITTEN.try_with(|written| written.replace(Some(result)));
}

/// The way to the client, for whoever has something to say.
#[derive(Clone, Debug)]
pub struct Outgoing(Sender<Frame>);

impl Outgoing {
    /// Sends a message, written straight into its frame: a thousand findings are no tree of values first.
    pub fn send(&self, message: &impl serde::Serialize) {
        let mut bytes = vec![0; Frame::ROOM];
        if let Err(error) = serde_json::to_writer(&mut bytes, message) {
            eprintln!("onrecord: a message could not be written: {error}");
            return;
        }
        let _ = self.0.send(Frame::new(bytes, Vec::new()));
    }

    /// Sends a message that is JSON already. Who then has work that nobody waits for may wait until it is written: on few cores that
    /// work would take the writer’s.
    pub fn send_written(&self, pieces: &[&str]) -> Written {
        let length = pieces.iter().map(|piece| piece.len()).sum::<usize>();
        let mut bytes = Vec::with_capacity(Frame::ROOM + length);
        bytes.resize(Frame::ROOM, 0);
        for piece in pieces {
            bytes.extend_from_slice(piece.as_bytes());
        }
        let (is_waiting, end) = channel();
        let frame = Frame {
            _is_waiting: Some(is_waiting),
            ..Frame::new(bytes, Vec::new())
        };
        let _ = self.0.send(frame);
        Written(end)
    }

    /// Sends the answer of a request whose handler wrote out the result; what is short is written at one stroke.
    pub fn send_result(&self, id: &Id, mut result: Vec<String>) {
        const SHORT: usize = 1 << 20;
        let mut bytes = vec![0; Frame::ROOM];
        bytes.extend_from_slice(br#"{"jsonrpc":"2.0","result":"#);
        result.push(format!(",\"id\":{}}}", json!(id)));
        if result.iter().map(String::len).sum::<usize>() <= SHORT {
            let short = result.concat();
            bytes.extend_from_slice(short.as_bytes());
            result.clear();
        }
        let _ = self.0.send(Frame::new(bytes, result));
    }
}
