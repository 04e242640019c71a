//! Every way in which the rules can say no; each sentence says what to do next.

use super::files::FileId;
use crate::media::ImageId;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("This is for people who write: ask an admin to make you author or editor.")]
    NotAWriter,
    #[error("Only an editor may do this: ask one to look at the item.")]
    NotAnEditor,
    #[error("Only an admin may do this: ask one.")]
    NotAnAdmin,
    #[error("Only editors and admins read the journal: ask one of them.")]
    NotForAuthors,
    #[error("Someone changed the settings in the meantime. Look at them again, then go on.")]
    SettingsMovedOn,
    #[error(
        "Someone changed this in the meantime. Look at what it says now, then change it again."
    )]
    ChangedMeanwhile,
    #[error("“{label}” was changed again since, so this cannot be taken back: change it by hand.")]
    SettingMovedOn { label: &'static str },
    #[error("What “{label}” said before is not taken any more: {why} Change it by hand.")]
    SettingUnfit { label: &'static str, why: String },
    #[error("This entry changed no settings, so there is nothing to take back.")]
    NoSettingsInEntry,
    #[error("The journal has no such entry.")]
    NoSuchEntry,
    #[error("With these it would have more than {most} topics or places: take some away first.")]
    TooManyWords { most: usize },
    #[error("The room has this name already.")]
    WordIsHere,
    #[error("This address is taken, or readers knew it as another’s: choose another one.")]
    WordAddressTaken,
    #[error("The room has no place of this name: add it first.")]
    NoSuchParent,
    #[error("The room has nothing of this name: choose one that is there.")]
    NoSuchWord,
    #[error("It cannot be merged into itself: choose another one.")]
    IntoItself,
    #[error("That one stands below it: put it elsewhere first.")]
    IntoWhatIsBelow,
    #[error("A place cannot stand below itself.")]
    BelowItself,
    #[error("Places stand in three steps at most: region, country, city.")]
    TooDeep,
    #[error("Items name it, or something stands below it: merge it into another one instead.")]
    WordIsUsed,
    #[error("There is no such topic or place.")]
    NoSuchSubject,
    #[error("Items are or were of this kind, so it cannot be deleted.")]
    KindIsUsed,
    #[error("Choose another kind: this one cannot be merged into itself.")]
    KindIntoItself,
    #[error("This is the only kind: add another one first.")]
    LastKind,
    #[error("There is no such kind.")]
    NoSuchKind,
    #[error("There is a collection of this name already: write another name.")]
    CollectionIsHere,
    #[error("There is no such collection any more: choose another one.")]
    NoSuchCollection,
    #[error("Someone saved a newer text. Read it, then go on.")]
    MovedOn,
    #[error(
        "Pictures or files of this text were changed in the meantime. Look at them, then go on."
    )]
    EnclosuresMovedOn,
    #[error("The public side of this item changed in the meantime. Look again, then go on.")]
    LaneMovedOn,
    #[error("There is no draft to publish: the newest text is already out.")]
    NothingNew,
    #[error("It is in review already.")]
    InReviewAlready,
    #[error("It was not submitted for review yet.")]
    NotInReview,
    #[error("These words are approved already.")]
    ApprovedAlready,
    #[error("You wrote the newest words yourself: another editor has to approve them.")]
    OwnText,
    #[error(
        "Nobody else has approved these words yet. Submit them for review, or publish urgently with a reason."
    )]
    NotApproved,
    #[error("This can go out the usual way; there is no need to make it urgent.")]
    NeedNotBeUrgent,
    #[error("Say why it cannot wait: the item’s history keeps the reason.")]
    NoReason,
    #[error("Say why everything is held: the journal keeps the reason.")]
    NoReasonToHold,
    #[error(
        "Somebody changed who works on it since you opened this page. Look at it, and choose again."
    )]
    AssignedMeanwhile,
    #[error("Nobody works on this item now: there is no draft that could be given to somebody.")]
    NoDraft,
    #[error("Say what should change.")]
    NoComment,
    #[error("It was you who published this urgently: another editor has to sign it.")]
    OwnUrgency,
    #[error("Nothing here waits for a signature.")]
    NothingToSign,
    #[error("This draft was discarded. Bring it back first.")]
    DraftDiscarded,
    #[error("No draft of this item was discarded.")]
    NothingDiscarded,
    #[error("This item has only one revision so far, so there is nothing older to bring back.")]
    NothingOlder,
    #[error("Choose one of the item’s revisions.")]
    NoSuchRevision,
    #[error("These are the newest words already: choose another revision.")]
    SameWords,
    #[error("A publication is already scheduled. Take it back first.")]
    AlreadyScheduled,
    #[error("Nothing is scheduled for this item.")]
    NothingScheduled,
    #[error("Nothing is scheduled, so there is nothing to hold.")]
    NothingToHold,
    #[error("This hold was ended already.")]
    NothingHeld,
    #[error("Readers do not see this item, so there is nothing to take away.")]
    NotLive,
    #[error("Readers do not see this item yet, so there is nothing to change: publish it.")]
    NothingToChange,
    #[error("Readers see this item, so there is nothing to restore.")]
    NotWithdrawn,
    #[error("This item is withdrawn or removed. Restore it first.")]
    Withdrawn,
    #[error("That moment has passed. Choose one in the future, or publish now.")]
    InThePast,
    #[error("Say what kind of change this is: typo, update, clarification or correction.")]
    NoChangeNamed,
    #[error(
        "This is more than a typo. {}. Name another kind of change, or say in the reason why readers need not be told.", .touched.join(". ")
    )]
    NotATypo { touched: Vec<String> },
    #[error("Nothing that readers see stands at that address.")]
    TargetNotThere,
    #[error("That address leads back to this item: readers would go round in a circle.")]
    TargetInACircle,
    #[error("Readers must be told what changed: write the public note.")]
    NoPublicNote,
    #[error("Not ready to go out yet: {}", .missing.join(" "))]
    NotReady { missing: Vec<String> },
    #[error("This address belongs to another item. Choose a different one.")]
    SlugTaken,
    #[error("Somebody resolved this comment already, or it was never there.")]
    NoOpenComment,
    #[error("Choose somebody who can write here.")]
    NotAWriterToAssign,
    #[error("This mail is not among the failed ones any more. Look at the list again.")]
    NoFailedMail,
    #[error(
        "Passes are for an item that readers have not seen yet and whose publication is scheduled."
    )]
    NothingToPass,
    #[error("This item has no pass that could be revoked.")]
    NoStandingPass,
    #[error("Choose a pass that is not over yet.")]
    NoSuchPass,
    #[error("A pass lasts 60 days at most. Choose an earlier time.")]
    PassTooLong,
    #[error(
        "This journalist has a pass to the item already. Revoke it first, then give a new one."
    )]
    HasAPass,
    #[error("Choose at least one role.")]
    NoRole,
    #[error("Nobody else can run this newsroom: make somebody else an admin first.")]
    LastAdmin,
    #[error("You cannot disable your own account: another admin can.")]
    OwnAccount,
    #[error("This account is disabled. Enable it first.")]
    DisabledAlready,
    #[error("This account is not disabled.")]
    NotDisabled,
    #[error("This mail address belongs to another account.")]
    EmailTaken,
    #[error("This link is used up or has expired. Ask an admin of the newsroom for a new one.")]
    LinkIsOver,
    #[error("You have a second factor already. Sign in with it.")]
    HasAFactor,
    #[error(
        "Your role requires a second factor: set up another one first, then take this one away."
    )]
    FactorRequired,
    #[error("This concerns you too: set up your own second factor first.")]
    OwnFactorFirst,
    #[error("This passkey belongs to an account already.")]
    PasskeyIsKnown,
    #[error("This account has no second factor that could be taken away.")]
    NoFactor,
    #[error("There is no such person.")]
    NoSuchPerson,
    #[error("There is no such item.")]
    NoSuchItem,
    #[error("This newsroom was not set up yet.")]
    NoRoom,
    #[error("There is no such image in the library.")]
    NoSuchImage,
    #[error("There is no picture number {number} in the library. Choose one that is there.")]
    NoSuchImageInBody { number: ImageId },
    #[error("An item shows at most {most} pictures; that is {over} too many.")]
    TooManyImages { most: usize, over: usize },
    #[error("Other items are translations of this one, so it cannot become a translation itself.")]
    HasTranslations,
    #[error("An item cannot be a translation of itself.")]
    OwnTranslation,
    #[error("There is no item of that number.")]
    NoSuchOriginal,
    #[error("This picture is on a public page, or soon will be: ask an editor to change it.")]
    PictureIsPublic,
    #[error("Words that were approved show this picture: ask an editor to change it.")]
    PictureIsApproved,
    #[error(
        "Readers get this picture as it is if an editor restores an item or ends the hold: ask an editor to change it."
    )]
    PictureMayReturn,
    #[error("This picture is in the trash. Bring it back first.")]
    PictureInTrash,
    #[error("This picture is not in the trash.")]
    PictureNotInTrash,
    #[error(
        "Items show this picture, or did in words that can still be brought back, so it stays in the library."
    )]
    PictureIsUsed,
    #[error("Somebody replaced the file of this picture in the meantime. Look at it, then go on.")]
    FileMovedOn,
    #[error(
        "This very file is in the library already, as picture {number}. Use that one, or choose another file."
    )]
    FileIsHere { number: ImageId },
    #[error("Somebody changed the words of this picture in the meantime. Read them, then go on.")]
    PictureMovedOn,
    #[error(
        "Readers see this picture, or soon will: write its alt text, or say that it is decorative."
    )]
    PictureNeedsAltText,
    #[error("There is no such file.")]
    NoSuchFile,
    #[error("There is no file number {number}. Choose one that is there.")]
    NoSuchFileHere { number: FileId },
    #[error("An item has at most {most} files; that is {over} too many.")]
    TooManyFiles { most: usize, over: usize },
    #[error("This file is on a public page, or soon will be: ask an editor to change it.")]
    FileIsPublic,
    #[error("Words that were approved name this file: ask an editor to change it.")]
    FileIsApproved,
    #[error(
        "Readers get this file as it is if an editor restores an item or ends the hold: ask an editor to change it."
    )]
    FileMayReturn,
    #[error("Readers see this file, or soon will: leave it a title.")]
    FileNeedsTitle,
    #[error(
        "Items name this file, or did in words that can still be brought back, so it cannot be deleted."
    )]
    FileIsUsed,
    #[error(
        "The address of this file ends in .{ends}, so only another {name} can take its place. Upload anything else as a file of its own."
    )]
    OtherFormat {
        ends: &'static str,
        name: &'static str,
    },
    #[error("These very bytes are here already, as file {number}. Choose another file.")]
    SameFile { number: FileId },
    #[error("Somebody changed this file in the meantime. Look at it, then go on.")]
    FileChanged,
}
