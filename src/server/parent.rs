//! The process that started us: when it has gone without a word, nobody is left to serve.

/// Ends this process when the client's does. Where a system cannot say that without being asked again and again, the end
/// of our input says it; and a client whose number nobody knows here lives in another world, such as a container's.
#[cfg(target_os = "linux")]
pub fn watch(client: u32) {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::process::{Pid, PidfdFlags, pidfd_open};

    let number = i32::try_from(client).ok().and_then(Pid::from_raw);
    let Some(process) = number.and_then(|number| pidfd_open(number, PidfdFlags::empty()).ok())
    else {
        return;
    };
    std::thread::spawn(move || {
        let mut ends = [PollFd::new(&process, PollFlags::IN)];
        // Sleeps until then: an idle server does not wake.
        while poll(&mut ends, None).is_err() {}
        eprintln!("onrecord: the editor has gone");
        std::process::exit(1);
    });
}

/// Ends this process when the client's does: here by the end of our input alone.
#[cfg(not(target_os = "linux"))]
pub fn watch(_client: u32) {}
