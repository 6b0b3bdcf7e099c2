//! 완전히 지우는 텍스트.

use crate::fault::ForgetFault;
use crate::lang::terminal::{ForgetWords, Refusal};

use super::Korean;
use super::particles::{object, topic};

impl ForgetWords for Korean {
    fn text_to_forget(&self) -> &'static str {
        "지울 텍스트(화면에 나오지 않습니다): "
    }

    fn no_text_to_forget(&self) -> Refusal {
        Refusal::new("지울 텍스트가 없습니다")
            .hint("비밀 값으로 보이는 것을 지우려면: asrun forget --secrets")
            .hint("표준 입력으로 주려면: asrun forget --stdin < FILE")
    }

    fn record_to_forget(&self, record: &str) -> Refusal {
        Refusal::new(format!("기록의 id라서 아무것도 지우지 않았습니다: {record}"))
            .hint(format!("기록을 지우려면: asrun delete {record}"))
            .hint(format!(
                "적혀 있는 곳에서 이 텍스트를 모두 지우려면: printf %s {record} | asrun forget --stdin"
            ))
    }

    fn really_forget(&self, places: &[(String, usize)]) -> String {
        let line = |(path, places): &(String, usize)| format!("  {path}: {places}곳\n");
        let lines: String = places.iter().map(line).collect();
        format!("{lines}완전히 지웁니까? 되살릴 수 없습니다 [y/N] ")
    }

    fn nothing_forgotten(&self) -> &'static str {
        "아무것도 지우지 않았습니다"
    }

    fn taken_out(&self, path: &str, places: usize) -> String {
        format!("지웠습니다: {path} {places}곳")
    }

    fn nowhere_to_forget(&self, elsewhere: bool) -> Refusal {
        let refusal =
            Refusal::new("기록에도 asrun이 보관하는 파일에도 없어 아무것도 지우지 않았습니다");
        if elsewhere {
            refusal
        } else {
            refusal.hint("적힌 그대로 입력했는지 확인이 필요합니다")
        }
    }

    fn stays_in(&self, path: &str) -> Refusal {
        Refusal::new(format!("{path}에 아직 남아 있습니다. asrun이 고치지 않는 파일입니다"))
            .hint("그 파일을 고치거나 지웁니다. 문서라면 다시 렌더링합니다")
    }

    fn in_its_name(&self, path: &str) -> Refusal {
        Refusal::new(format!("파일 이름에 들어 있습니다: {path}"))
            .hint("파일 이름과 그 이름을 적은 곳을 바꿉니다")
    }

    fn typed_just_now(&self, path: &str) -> Refusal {
        Refusal::new(format!("{path}에 아직 남아 있습니다. asrun live의 프롬프트에 입력 중입니다"))
            .hint("프롬프트를 끝낸 뒤 다시 지웁니다")
    }

    fn needed_to_read(&self, path: &str) -> Refusal {
        Refusal::new(format!(
            "비밀 값으로 보이는 것 하나가 {path}에 아직 남아 있습니다. 시각이나 시간대, 키의 일부라서 지우면 기록을 읽을 수 없습니다"
        ))
        .hint("그 항목을 고치려면: asrun edit, 비밀 값이 아니라면: # asrun: ignore secret")
    }

    fn not_taken_out(&self, path: &str, why: &str) -> Refusal {
        Refusal::new(format!("{} 살펴보지 못했거나 쓰지 못했습니다: {why}", object(path)))
            .hint("원인을 해결한 뒤 다시 지웁니다")
    }

    fn git_holds(
        &self,
        staged: &[String],
        commits: &[String],
        refs: &[String],
        stashes: &[String],
    ) -> Refusal {
        let more = |more| format!("외 {more}개");
        let mut refusal = Refusal::new("git에 아직 남아 있습니다")
            .listing("다음에 커밋할 파일:", staged, more)
            .listing("그것이 들어온 커밋:", commits, more)
            .listing("그 커밋이 있는 브랜치와 태그:", refs, more)
            .listing("스태시:", stashes, more)
            .hint("다른 사람이 보았을 수 있다면 먼저 값을 바꾸거나 폐기해야 합니다");
        if !staged.is_empty() {
            refusal = refusal.hint("다음 커밋에서 빼려면 파일에서 지운 뒤: git add FILE");
        }
        if !stashes.is_empty() {
            refusal = refusal.hint("스태시를 버리려면: git stash drop STASH");
        }
        if !commits.is_empty() {
            refusal = refusal.hint(
                "커밋 내역에서 지우려면: git filter-repo --replace-text FILE, 이어서 강제 푸시. 다른 복제본에는 남습니다",
            );
        }
        refusal
    }

    fn git_unread(&self, objects: usize) -> Refusal {
        Refusal::new(format!(
            "git 객체 {objects}개는 너무 크거나 이 복제본에 없어 살펴보지 못했습니다"
        ))
    }

    fn git_shallow(&self) -> Refusal {
        Refusal::new("얕은 복제본이라 이전 커밋에 남아 있는지는 알 수 없습니다")
            .hint("알아보려면 git fetch --unshallow를 한 뒤 다시 지웁니다")
    }

    fn git_not_asked(&self, why: &str) -> Refusal {
        Refusal::new(format!("git에 남아 있는지 알 수 없습니다: {why}"))
    }

    fn typed_in_the_open(&self) -> Refusal {
        Refusal::new(format!("{} 셸 기록에 남았습니다", topic("입력한 텍스트")))
            .hint("셸 기록에서도 지웁니다. 텍스트를 주지 않으면 asrun이 물어봅니다")
    }

    fn forgotten_for_good(&self) -> &'static str {
        "asrun undo로도 되살아나지 않습니다. 백업, 채팅, 다른 복제본에는 남아 있을 수 있습니다"
    }

    fn secret_stays_in_journal(&self) -> Refusal {
        Refusal::new("비밀 값을 기록에서 뺐지만, undo에 쓰는 저널에는 아직 남아 있습니다")
            .hint("저널에서도 지우려면: asrun forget --secrets")
    }
}

pub(super) fn forget_refusal(fault: &ForgetFault) -> Refusal {
    match fault {
        ForgetFault::TooShort { least } => Refusal::new(format!(
            "{least}자보다 짧은 텍스트는 다른 말에도 들어 있어 지울 수 없습니다"
        ))
        .hint("더 길게 입력하면 됩니다"),
        ForgetFault::Needed { path } => Refusal::new(format!(
            "아무것도 지우지 않았습니다. 지우면 {} 읽을 수 없습니다",
            object(path)
        ))
        .hint("시각이나 시간대, 키의 일부입니다. 더 긴 텍스트를 주거나 먼저 고치려면: asrun edit"),
    }
}
