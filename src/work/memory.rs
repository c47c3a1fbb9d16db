//! Giving memory back to the system when a large job is done.

/// Gives back what was freed and is kept for later: reading a large export frees many small pieces, of which the
/// allocator of some systems keeps all. Does nothing where the allocator gives back by itself.
pub fn give_memory_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code)]
    // SAFETY: the function takes no pointer, touches only free memory, and may be called by any thread at any time.
    unsafe {
        libc::malloc_trim(0);
    }
}
