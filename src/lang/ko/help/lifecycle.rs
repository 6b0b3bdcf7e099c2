//! Commands about a record as a whole.

use crate::lang::terminal::help::{
    ArchiveHelp, CloseHelp, DeleteHelp, GetHelp, ImportHelp, MergeHelp, MilestoneHelp, MoveHelp,
    RenameHelp, ReopenHelp, ReviewHelp, SetHelp,
};

pub(super) const GET: GetHelp = GetHelp {
    about: "기록의 값을 출력합니다: 심각도, 제목, 상태 등",
    long_about: "\
기록의 값을 출력합니다: 심각도, 제목, 상태 등

  asrun get                     모든 키와 값
  asrun get severity            값만 출력(스크립트용)
  asrun get services            한 줄에 한 항목
  asrun get --format json

기록에 그 값이 없으면 종료 코드는 1입니다. `status`는 타임라인의 마지막
상태 변화이고, 없으면 asrun list처럼 open, ended, unknown 중 하나입니다.
asrun이 모르는 키는 적힌 그대로 출력합니다.",
    key: "기록의 키 또는 status. 없으면 모두",
    format: "출력 형식: `text`는 사람과 스크립트용, `json`은 프로그램용",
};

pub(super) const SET: SetHelp = SetHelp {
    about: "기록의 값을 정합니다: 심각도, 제목, 서비스 등",
    long_about: r#"기록의 값을 정합니다: 심각도, 제목, 서비스 등

  asrun set severity sev1 --at "오후 6시 20분" --why "모든 지역에서 발생"
  asrun set status mitigated
  asrun set title "모든 지역에서 앱 진입 불가"
  asrun set services checkout api
  asrun set tags db --add
  asrun set impact --clear
  asrun set summary - < summary.md
  asrun set post.layout blog
  asrun set post.front_matter "image: /assets/img/cover.png" --add

심각도나 상태가 바뀌면 타임라인에 이전 값과 함께 이벤트로도 적습니다.
키: title, kind, version, severity, status, date, timezone, language, author,
services, tags, categories, published, sample, archived, summary, impact.
글의 모양: post.layout, show, hide, heading, plan_title, before_plan,
after_plan, pictures, images, baseurl, front_matter (docs/publishing.md).
그 키만 바뀌며, asrun undo로 되돌립니다."#,
    key: "기록의 키 또는 status",
    values: "적을 값. 목록은 항목마다, front matter는 줄마다 하나씩. `-` 하나만 쓰면 표준 입력에서 \
        읽습니다",
    add: "목록에 더합니다. 있던 항목은 그대로 둡니다",
    remove: "목록에서 이 항목을 뺍니다",
    clear: "키를 지웁니다. 심각도는 이벤트로도 적습니다",
    text: "이벤트의 내용. 없으면 이전 값과 새 값",
    at: "심각도나 상태가 바뀐 시각. 없으면 지금",
    by: "바꾼 사람",
    why: "이유",
    no_event: "심각도가 처음부터 잘못 적혀 있었을 때: 이벤트를 적지 않습니다",
};

pub(super) const REVIEW: ReviewHelp = ReviewHelp {
    about: "기록이 초안인지, 누가 검토했는지 적습니다",
    long_about: r#"기록이 초안인지, 누가 검토했는지 적습니다

  asrun review                        어디까지 왔는지 보기
  asrun review --draft                쓰는 중
  asrun review --by 김민수            김민수가 지금 그대로 읽음
  asrun review --by 김민수 --on 어제

검토 뒤에 바뀌면 asrun show와 팀 문서에 나타나고, 공개 문서를 만들 때
경고합니다. render --strict는 거부합니다. 게시한 날과 그 뒤에 끝낸 후속
조치는 바뀐 것으로 보지 않습니다. 초안이거나, 검토 뒤에 바뀌었거나, 아무것도
적지 않았으면 종료 코드는 1입니다."#,
    by: "읽고 맞다고 한 사람",
    on: "검토한 날. 없으면 오늘",
    draft: "쓰는 중입니다",
    clear: "적은 것을 지웁니다",
};

pub(super) const ARCHIVE: ArchiveHelp = ArchiveHelp {
    about: "기록을 보관합니다: 목록에 나오지 않고, 진행 중으로 세지 않습니다",
    long_about: r#"기록을 보관합니다: 목록에 나오지 않고, 진행 중으로 세지 않습니다

  asrun archive 2.0
  asrun archive 2019-04-02-checkout 2019-06-11-search
  asrun archive 2.0 --clear           다시 꺼냅니다

기록은 제자리에 남고, 기록에 `archived: true`가 적힙니다. `asrun list`에는
--archived를 주어야 나옵니다. search, history, stats, lessons 등 다른 명령은
그대로 찾고, 계획의 바탕으로도 쓸 수 있습니다. asrun undo로 되돌립니다."#,
    records: "보관할 기록: ID, 하나만 가리키는 ID의 일부, 또는 버전",
    clear: "다시 꺼냅니다",
};

pub(super) const CLOSE: CloseHelp = CloseHelp {
    about: "기록을 끝냅니다: 더 진행할 것이 없을 때",
    long_about: r#"기록을 끝냅니다: 더 진행할 것이 없을 때

  asrun close
  asrun close "후속 조치 완료" --at "어제 오후 5시 30분"
  asrun close -r 3.0 --at "2024-09-07 20:00"

타임라인에 `closed`(종결)을 적고, 남은 것을 알려 줍니다: 후속 조치, 계획한
단계, 적지 않은 해결 시각. 다시 열려면 asrun reopen, 끝낸 것을 되돌리려면
같은 -r로 asrun undo를 씁니다."#,
};

pub(super) const REOPEN: ReopenHelp = ReopenHelp {
    about: "끝낸 기록을 다시 엽니다: 계속되거나 다시 생겼을 때",
    long_about: r#"끝낸 기록을 다시 엽니다: 계속되거나 다시 생겼을 때

  asrun reopen "5xx 다시 발생"
  asrun reopen -r 2024-09-07-checkout --at "10분 전"

끝난 뒤에 `declared`(선언)를 적고, 이 기록을 현재 기록으로 선택합니다. 잘못
끝낸 것이라면 asrun undo로 되돌리면 됩니다."#,
};

pub(super) const MILESTONE: MilestoneHelp = MilestoneHelp {
    text: "이벤트의 내용. 없으면 asrun이 적음",
    at: "그때의 시각. 없으면 지금",
    by: "한 사람",
    why: "이유",
};

pub(super) const IMPORT: ImportHelp = ImportHelp {
    about: "문서와 내보낸 자료를 기록으로 가져옵니다",
    long_about: r#"문서와 내보낸 자료를 기록으로 가져옵니다

  asrun import notes.txt --date 2024-09-07 --zone Asia/Seoul
  asrun import notes notes.log -r checkout
  asrun import slack export.zip --channel incident-42 --zone Asia/Seoul
  asrun import git --since v2.0
  pbpaste | asrun import notes -

읽은 내용, 날짜와 시간대를 어디서 가져왔는지, 확인할 점을 먼저 보여 주고
쓸지 묻습니다. `e`를 치면 쓰기 전에 기록을 편집기에서 고칠 수 있고, 고친 것은
다음에 가져와도 그대로 둡니다. 터미널이 아니면 --yes 없이는 아무것도 쓰지
않습니다. 추측하지 않습니다. 문서에 없는 것은 묻습니다. 모든 줄은 기록에
들어가거나 빠진 까닭과 함께 나옵니다. 문서 옆의 그림은 첨부합니다. 같은 문서를
다시 가져와도 늘지 않고, 기록에서 고친 것은 그대로 둡니다. 문서에서 고친 것은
--update로 반영합니다. asrun undo로 되돌립니다."#,
    files: "파일 이름으로 알 수 없을 때는 종류, 이어서 파일들. `-`는 표준 입력",
    zone: "시간대가 없는 시각의 시간대. 예: Asia/Seoul",
    date: "날짜가 없는 시각의 날짜",
    day_first: "7/5/2023을 5월 7일로 읽습니다",
    month_first: "7/5/2023을 7월 5일로 읽습니다",
    update: "문서에서 고친 내용을, 기록에서 손대지 않은 곳에 반영합니다",
    one: "사건 여러 건이 있는 문서도 기록 하나로 만듭니다",
    split: "항목이 있는 제목마다 기록을 따로 만듭니다",
    fence: "Markdown 문서의 N번째 코드 블록을 타임라인으로 읽습니다",
    plan: "계획만 가져옵니다",
    events: "이벤트만 가져옵니다",
    id: "새 기록의 id. 없으면 날짜와 제목으로 만듭니다",
    since: "이 시각부터. git에서는 이 커밋이나 태그 뒤부터",
    until: "이 시각까지. git에서는 이 커밋이나 태그까지",
    channel: "대화방 하나만. 이름이나 id",
    matching: "이 말이 있거나 필드가 이런 항목만. 예: level=error",
    encoding: "UTF-8이 아닌 글의 인코딩. 예: cp949",
    at: "로그에서 시각이 있는 필드",
    text: "로그에서 내용이 있는 필드",
    by: "로그에서 누구인지 있는 필드",
    entry_id: "로그에서 항목의 id가 있는 필드",
    yes: "묻지 않고 씁니다",
    format: "표로 보거나, 모든 항목, 확인할 점, 빠진 줄을 JSON으로",
};

pub(super) const MOVE: MoveHelp = MoveHelp {
    about: "다른 기록에 잘못 적은 이벤트를 옮깁니다",
    long_about: r#"다른 기록에 잘못 적은 이벤트를 옮깁니다

  asrun move --last --to checkout
  asrun move 4 -r search --to checkout

옮길 기록에 먼저 적은 다음 이 기록에서 뺍니다. 이벤트의 줄은 적힌 그대로
옮기고 파일은 사본을 둡니다. 옮길 기록의 계획에 없는 단계는 빼고 알려
줍니다. 양쪽을 함께 되돌리려면 asrun undo를 씁니다."#,
    number: "`asrun show`에 나오는 이벤트 번호",
    last: "마지막으로 기록한 이벤트",
    to: "옮길 기록의 id, 겹치지 않는 id 일부, 또는 버전",
};

pub(super) const MERGE: MergeHelp = MergeHelp {
    about: "한 장애를 두 번 적은 기록을 하나로 합칩니다",
    long_about: r#"한 장애를 두 번 적은 기록을 하나로 합칩니다

  asrun merge checkout checkout-again

두 번째 기록의 내용을 파일까지 모두 첫 번째 기록에 옮깁니다. 이벤트는 적힌 줄
그대로, 단계, 후속 조치, 교훈, 절, 그리고 첫 번째 기록에 없는 값도 옮깁니다.
양쪽에 다 있는 이벤트는 한 번만 남습니다. 다만 두 번째 기록에 내용이 더 있으면
둘 다 남습니다. 두 기록의 시간대가 달라도 시각은 같은 순간을 가리킵니다. 값이
서로 다르면 첫 번째 기록의 값이 남고 다른 값은 알려 줍니다. 그런 다음 두 번째
기록을 지웁니다. 다시 나누려면 asrun undo를 씁니다."#,
    into: "남길 기록의 id, 겹치지 않는 id 일부, 또는 버전",
    from: "내용을 옮길 기록",
};

pub(super) const RENAME: RenameHelp = RenameHelp {
    about: "기록의 id를 바꿉니다",
    long_about: r#"기록의 id를 바꿉니다

  asrun rename checkout-timeouts
  asrun rename 2024-09-07-app-3.0 -r 3.0

기록 파일과 첨부 폴더, asrun이 따로 둔 것의 이름이 함께 바뀝니다. 제목을 비롯한
내용은 그대로입니다(제목: asrun set title). 다른 기록에 적힌 파일이나 첨부의
링크, refs의 id도 함께 고칩니다. 기록과 템플릿, asrun이 쓴 문서, 그리고
프로젝트 폴더에서 git이 무시하지 않는 텍스트 파일에 예전 id가 남았으면 알려
줍니다. 모두 되돌리려면 asrun undo -r NEW-ID를 씁니다."#,
    id: "새 id. 파일 이름으로 쓸 수 있는 글자, 숫자, 줄표, 마침표",
};

pub(super) const DELETE: DeleteHelp = DeleteHelp {
    about: "기록을 지웁니다 (asrun undo로 되돌릴 수 있음)",
    long_about: r#"기록을 지웁니다 (asrun undo로 되돌릴 수 있음)

  asrun delete checkout-again
  asrun undo -r checkout-again     다시 가져오기

기록 파일과 첨부 파일은 다시 가져올 때까지 .asrun/에 있고, 커밋한 것은 git에도
있습니다. 어디에도 남기지 않으려면 asrun forget을 씁니다."#,
    record: "기록의 id, 겹치지 않는 id 일부, 또는 버전",
};
