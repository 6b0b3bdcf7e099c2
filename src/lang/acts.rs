//! What people do to things, whatever language it is told in.

/// What is done to a thing. A word may tell of more than one: `off` disables, and stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each is the act of its name")]
pub enum Act {
    Release,
    Publish,
    Announce,
    Send,
    Submit,
    Review,
    Approve,
    Reject,
    Enable,
    Disable,
    Open,
    Close,
    Start,
    Finish,
    Perform,
    Stop,
    Pause,
    Resume,
    Add,
    Remove,
    Increase,
    Decrease,
    Switch,
    Change,
    Configure,
    Update,
    Downgrade,
    Renew,
    Replace,
    Migrate,
    Restart,
    BackUp,
    Restore,
    Revert,
    Purge,
    Warm,
    Check,
    Monitor,
    Lock,
    Unlock,
    Mount,
    Unmount,
    Drain,
    Undrain,
    Merge,
    Create,
    Tag,
    FailOver,
    FailBack,
    Apply,
    Register,
    Unregister,
    Install,
    Uninstall,
    Connect,
    Disconnect,
    Prepare,
    Synchronize,
    Promote,
    Demote,
    Fix,
    Write,
}

/// Acts, each at most once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Acts(u64);

impl Acts {
    /// Returns those of a list.
    pub fn of(list: &[Act]) -> Acts {
        Acts(list.iter().fold(0, |acts, act| acts | 1 << (*act as u64)))
    }

    /// Returns the acts of both.
    #[must_use]
    pub fn and(self, other: Acts) -> Acts {
        Acts(self.0 | other.0)
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of them is an act of the other too.
    pub fn meets(self, other: Acts) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether this act is one of them.
    pub fn has(self, act: Act) -> bool {
        self.meets(Acts::of(&[act]))
    }
}
