//! Acts on things, independent of language.

/// An act on a thing. A word may stand for several: `off` disables and stops.
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

/// Acts that undo each other.
pub(super) const OPPOSITES: &[(Act, Act)] = &[
    (Act::Release, Act::Revert),
    (Act::Publish, Act::Revert),
    (Act::Migrate, Act::Revert),
    (Act::Update, Act::Downgrade),
    (Act::Update, Act::Revert),
    (Act::Switch, Act::Revert),
    (Act::Apply, Act::Revert),
    (Act::Merge, Act::Revert),
    (Act::Approve, Act::Reject),
    (Act::Submit, Act::Reject),
    (Act::Enable, Act::Disable),
    (Act::Open, Act::Close),
    (Act::Start, Act::Stop),
    (Act::Resume, Act::Pause),
    (Act::Resume, Act::Stop),
    (Act::Add, Act::Remove),
    (Act::Increase, Act::Decrease),
    (Act::BackUp, Act::Restore),
    (Act::Lock, Act::Unlock),
    (Act::Mount, Act::Unmount),
    (Act::Drain, Act::Undrain),
    (Act::FailOver, Act::FailBack),
    (Act::Register, Act::Unregister),
    (Act::Install, Act::Uninstall),
    (Act::Connect, Act::Disconnect),
    (Act::Promote, Act::Demote),
];

/// A set of acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Acts(u64);

impl Acts {
    /// Returns the set of the listed acts.
    pub fn of(list: &[Act]) -> Acts {
        Acts(list.iter().fold(0, |acts, act| acts | 1 << (*act as u64)))
    }

    /// Returns the union of both.
    #[must_use]
    pub fn and(self, other: Acts) -> Acts {
        Acts(self.0 | other.0)
    }

    /// Returns the acts that undo any of these and are not among them.
    #[must_use]
    pub fn undoing(self) -> Acts {
        let found = OPPOSITES.iter().fold(0, |found, (one, other)| {
            let of =
                |act: Act, undoing: Act| if self.has(act) { Acts::of(&[undoing]).0 } else { 0 };
            found | of(*one, *other) | of(*other, *one)
        });
        Acts(found & !self.0)
    }

    /// Whether it is empty.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether both have an act in common.
    pub fn meets(self, other: Acts) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether this act is in it.
    pub fn has(self, act: Act) -> bool {
        self.meets(Acts::of(&[act]))
    }
}
