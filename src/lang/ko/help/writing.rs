//! Commands that write into records.

use crate::lang::terminal::help::{
    AmendHelp, AttachHelp, EditHelp, ForgetHelp, InitHelp, LinkHelp, LiveHelp, LogHelp, NewHelp,
    RecoverHelp, UndoHelp,
};

pub(super) const INIT: InitHelp = InitHelp {
    about: "여기에 프로젝트를 만듭니다: incidents/, templates/, asrun.yaml",
    long_about: "\
여기에 프로젝트를 만듭니다: incidents/, templates/, asrun.yaml

시간대, 언어, 작성자는 이 컴퓨터의 시간대, 로캘, git의 user.name에서 찾아
asrun.yaml에 적으며, 거기서 바꿀 수 있습니다. asrun.schema.json이 있으면
편집기가 입력하는 동안 기록을 자동 완성하고 검사합니다. 이미 있는 것은
그대로 둡니다.",
    timezone: "새 기록의 시간대: Asia/Seoul 같은 IANA 이름",
    language: |codes| format!("새 기록의 언어: {}", codes.join(", ")),
    author: "새 기록의 작성자",
    records: "기록을 둘 폴더(이 폴더 기준). 없으면 incidents",
    no_schema: "asrun.schema.json을 만들지 않습니다. 새 기록도 그 파일을 가리키는 줄 없이 \
        시작합니다",
    git: "git이 기록을 항목별로 병합하게 합니다: .gitattributes와 이 클론의 git 설정을 쓰고, 무엇을 \
        썼는지 알려 줍니다. 병합하는 사람마다 한 번 실행합니다",
};

pub(super) const NEW: NewHelp = NewHelp {
    about: "기록을 새로 만들어 현재 기록으로 삼습니다",
    long_about: r#"기록을 새로 만들어 현재 기록으로 삼습니다

파일은 incidents/YYYY-MM-DD-제목.yaml입니다. 아직 incidents/가 없으면 먼저
asrun init으로 만듭니다 (터미널에서는 asrun new가 묻습니다). 그다음:
  asrun new "결제 장애" --kind outage
  asrun new "왁뮤 3.0 출시" --kind release --date "9월 7일" --version 3.0"#,
    title: "사람들이 부를 이름",
    kind: "release, outage, maintenance, 또는 직접 정한 말",
    date: "일이 있는 날: 2024-09-07, 9월 7일, 내일. 없으면 오늘",
    version: "출시하는 버전",
    severity: "심각도: sev1(가장 심함)부터 sev5까지, 또는 프로젝트에서 정한 말",
    services: "출시하거나 장애가 난 서비스. 여러 번 쓸 수 있습니다",
    tags: "찾을 때 쓸 말. 여러 번 쓸 수 있습니다",
    timezone: "기록의 시간대: IANA 이름. 없으면 프로젝트의 시간대",
    language: |codes| {
        format!("기록의 언어: {}. 없으면 프로젝트의 언어, 또는 제목의 언어", codes.join(", "))
    },
    id: "파일 이름에서 .yaml을 뺀 것. 없으면 날짜와 제목에서 만듭니다",
};

pub(super) const LOG: LogHelp = LogHelp {
    about: "지금, 또는 주어진 시각에 일어난 일을 기록합니다",
    long_about: r#"지금, 또는 주어진 시각에 일어난 일을 기록합니다

  asrun log "결제 5xx 증가" --type 감지
  asrun log "앱 진입 불가 확인" --at "오후 6시 08분" --attach 044.png
  asrun log "배포 시작" --at 17:00 --step deploy
  ./smoke-test 2>&1 | asrun log "스모크 테스트 실패" -
  asrun log "풀 재시작" --run -- systemctl restart pool
  asrun log                    (git commit처럼 $VISUAL이나 $EDITOR로 씀)

언제로(날짜와 시간대까지) 어느 기록에 적었는지 한 줄로 답합니다. 날짜 없는
시각은 기록이 진행되던 때로 봅니다. 진행 중이라면 이미 지난 것(지금보다 5분까지
앞선 것 포함) 가운데 가장 최근입니다."#,
    after: "\
시각: 지금, 18:08, 오후 6시 08분, 10분 전, 어제 22:57, 9월 7일 18:08,
  2024-09-07 18:08, 2024-09-07T18:08+09:00, 18:08쯤(~18:08), -5m, 6:08pm,
  now, 10 minutes ago, yesterday 22:57. m은 분입니다.

종류: impact_start(장애 시작), detected(감지), declared(장애 선언),
  acknowledged(대응 시작), investigating(조사 중), identified(원인 확인),
  monitoring(모니터링), mitigated(완화), resolved(해결), announced(공지),
  closed(종결). 이정표가 아닌 것: observation(관찰), action(조치),
  decision(결정), communication(소통), escalation(상위 보고),
  severity_change(심각도 변경), plan_change(계획 변경),
  started(단계 시작), done(완료), failed(실패). 앞부분만(det, 원인) 써도 되고
  한국어 이름도 됩니다.

종료 코드: 0 기록함, 1 기록하지 못함, 2 잘못된 사용법(기록하지 않음),
  3 다른 asrun이 기록을 쓰고 있음(기록하지 않음, 다시 시도),
  4 기록을 읽을 수 없어 따로 보관함",
    text: "일어난 일. 마지막에 `-`를 쓰면 표준 입력을 본문에 코드 블록으로 넣으므로 프로그램의 \
        출력을 담기 좋습니다. `--` 뒤에는 -로 시작하는 글도 쓸 수 있습니다",
    behind: "-로 시작하는 글, 또는 --run으로 실행할 명령",
    run: "명령을 실행하고 기록합니다. 실행 전에 시작을 적고, 끝나면 결과와 걸린 시간, 출력의 끝부분을 적습니다. 출력에는 무엇이든 있을 수 있으므로 내부용(--internal)이고, 종료 코드는 명령의 것입니다",
    at: "일어난 시각. 없으면 지금",
    until: "끝난 시각 (얼마 동안 이어진 일일 때)",
    kind: "detected, identified, mitigated, resolved 같은 이정표, 또는 action, decision 등",
    steps: "이 일로 실행한 단계의 id, 또는 글의 일부. 여러 번 쓸 수 있습니다",
    by: "조치하거나 알아챈 사람",
    why: "그렇게 한 이유",
    detail: "글 아래에 둘 Markdown 본문. `-`이면 표준 입력에서 읽습니다",
    attachments: "스크린샷이나 파일을 기록에 복사합니다. 여러 번 쓸 수 있습니다",
    alt: "대체 텍스트: 첨부에 보이는 것",
    width: "첨부를 보여 줄 너비(예: 50%)",
    refs: "링크. 여러 번 쓸 수 있습니다",
    next_update: "다음 공지를 약속한 시각: 14:30, 또는 이벤트로부터 30m",
    severity: "이때부터 기록의 심각도",
    key: "요약한 타임라인에도 나올 핵심 이벤트로 표시합니다",
    internal: "공개 문서에는 보이지 않게 합니다",
};

pub(super) const LIVE: LiveHelp = LiveHelp {
    about: "프롬프트에서 계속 기록합니다 (한 줄이 이벤트 하나)",
    long_about: "\
프롬프트에서 계속 기록합니다 (한 줄이 이벤트 하나)

  asrun live
  › /감지 결제 5xx 증가
  › /at 10분 전 커넥션 풀 고갈

이벤트의 시각은 줄을 다 입력한 때가 아니라 첫 키를 누른 때입니다. 프롬프트
위에 기록, 시계, 감지(완화) 후 지난 시간, 다음 단계가 보이고, 그동안 다른
사람이 기록한 것도 바로 보입니다. 다른 기록에 적으려면 /record ID를 씁니다.
줄여 쓰는 형식은 /help로 봅니다.

  › /done build                       계획의 단계가 끝남
  › /late deploy +20m 빌드 지연        더 늦게 하고, 그 이유
  › /next                             다음 단계와 예측

/started, /done, /failed, /skip, /late, /go, /no go, /run의 뜻은
`asrun plan run`에서와 같고, 뒤에 적은 단계나 다음 단계에 적용합니다.",
    after: "\
거절된 줄은 고칠 수 있게 다시 나오고 시각도 그대로입니다. 입력을 마치기 전에
터미널이 끊긴 줄은 다음 asrun live에 다시 나옵니다. 터미널이 아니면 표준
입력에서 줄을 읽습니다.

종료 코드: 0 완료, 1 기록하지 못한 줄이 있음, 2 줄이나 명령을 알 수 없음,
  3 다른 asrun이 기록을 쓰고 있었음, 4 기록을 읽을 수 없어 따로 보관함",
    record: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 없으면 선택한 기록, 그것도 없으면 하나뿐인 \
        진행 중인 기록",
};

pub(super) const LINK: LinkHelp = LinkHelp {
    about: "어느 이벤트가 어느 계획 단계를 실행했는지 제안합니다",
    long_about: "\
어느 이벤트가 어느 계획 단계를 실행했는지 제안합니다

  asrun link                  짝이 될 만한 것과 그 근거
  asrun link --apply          모두 쓰기
  asrun link --apply 1 3      첫 번째와 세 번째만 쓰기

계획 전체에 걸쳐 글, 시각, 순서를 따져 제안합니다. 받아들이기 전에는 기록에
쓰지 않으며, 쓴 것은 `asrun undo`로 되돌립니다.",
    apply: "이 번호의 제안을 씁니다. 번호가 없으면 모두",
    format: "출력 형식: `table`은 사람용, `json`은 프로그램용",
};

pub(super) const AMEND: AmendHelp = AmendHelp {
    about: "기록한 이벤트를 바로잡습니다",
    long_about: r#"기록한 이벤트를 바로잡습니다

  asrun amend --last --step deploy
  asrun amend 4 --at 18:08 --type 감지
  asrun amend --last "앱 진입 불가 확인"
  asrun amend 7 --remove
  asrun amend --attachment shot.png --alt "오류 팝업" --width 50%
  asrun amend 4 --attachment 화면.png --place 1

--attachment와 함께면 그 첨부의 설명이 바뀌고, --remove, --clear, --internal도
첨부에만 적용됩니다.

그 항목만 바뀝니다. 바꾸기 전의 내용은 저널에 남습니다. asrun undo로
되돌리고, asrun undo --list로 봅니다."#,
    attachment_heading: "첨부 고치기",
    attachment: "고칠 첨부의 이름, 또는 하나만 가리키는 이름의 일부",
    place: "첨부 가운데 몇 번째인지(1부터)",
    whole: "이벤트가 아니라 기록 전체의 첨부",
    words: "`asrun show`에 나오는 이벤트 번호와, 글을 바꿀 때는 새 글. --last와 함께면 새 글만",
    text: "번호 뒤에 쓰는 대신 여기에 쓰는 새 글",
    last: "마지막으로 기록한 이벤트",
    at: "일어난 시각",
    until: "끝난 시각",
    kind: "종류",
    step: "이 일로 실행한 단계",
    by: "조치하거나 알아챈 사람",
    why: "그렇게 한 이유",
    detail: "글 아래에 둘 Markdown 본문. `-`이면 표준 입력에서 읽습니다",
    key: "요약한 타임라인에도 나올 핵심 이벤트로 표시합니다",
    internal: "공개 문서에는 보이지 않게 합니다",
    remove: "이벤트를 통째로 지웁니다",
    clear: "키를 지웁니다(예: `why`, `step`). 여러 번 쓸 수 있습니다",
};

pub(super) const ATTACH: AttachHelp = AttachHelp {
    about: "스크린샷이나 파일을 기록에 복사합니다",
    long_about: r#"스크린샷이나 파일을 기록에 복사합니다

  asrun attach shot.png                      마지막으로 기록한 이벤트에
  asrun attach shot.png --event 4 --alt "오류 팝업" --width 50%
  asrun attach --clipboard --alt "커넥션 풀 그래프"
  asrun attach report.pdf --whole            기록 전체에
  ssh web1 cat /tmp/heap.svg | asrun attach - --name heap.svg

사본은 incidents/assets/ID/에 안전한 이름으로 둡니다. 이름이 같은 파일을
덮어쓰지 않습니다. 이미 첨부한 파일은 다시 넣지 않고 그 설명만 고칩니다.
--clipboard에는 wl-paste(Wayland), xclip(X11), pngpaste(macOS)가 필요합니다."#,
    files: "첨부할 파일. `-`이면 표준 입력에서 하나를 읽습니다",
    event: "`asrun show`에 나오는 이벤트 번호. 없으면 마지막으로 기록한 이벤트",
    whole: "이벤트가 아니라 기록 전체에 첨부합니다",
    clipboard: "클립보드의 그림",
    name: "표준 입력이나 클립보드에서 읽은 것의 이름",
    alt: "대체 텍스트: 첨부에 보이는 것",
    width: "보여 줄 너비(예: 50%)",
    caption: "아래에 붙일 설명 한 줄",
    internal: "공개 문서에는 보이지 않게 합니다",
};

pub(super) const EDIT: EditHelp = EditHelp {
    about: "기록을 편집기로 열고, 저장하기 전에 확인합니다",
    long_about: "\
기록을 편집기로 열고, 저장하기 전에 확인합니다

편집하는 것은 사본입니다. 편집기를 닫으면 사본을 확인합니다. 잘못이 있으면
고칠 사람이 있는 동안 그 줄에서 편집기를 다시 열고, 그렇지 않으면 두 글을
모두 보관하고 기록은 그대로 둡니다. 그동안 다른 사람이 기록한 것은
병합합니다.",
    id: "기록의 id, 겹치지 않는 id 일부, 또는 버전",
};

pub(super) const UNDO: UndoHelp = UndoHelp {
    about: "asrun이 기록에 마지막으로 한 변경을 되돌립니다",
    long_about: "\
asrun이 기록에 마지막으로 한 변경을 되돌립니다

-r이 없으면 현재 기록의 변경을 되돌립니다. 그 뒤에 다른 기록을 보관하거나
이름을 바꾸거나 지우거나 합쳤다면 그것부터 되돌립니다. 되풀이하면 더 앞의
변경도 되돌립니다. 그 뒤에 직접 고친 항목은 고친 그대로 치우며, --redo로 고친
그대로 되살립니다. 바꾼 값 위에 직접 다른 값을 적었다면 그대로 두고, 할 수 있는
일을 알려 줍니다. 그런 변경은 --leave로 넘어가며, 다음에는 그 앞의 변경을
되돌립니다. 그 변경 때 복사한 파일도 함께 치우고, 시작을 되돌리면 다른 내용이
없는 기록을 없앱니다. 되돌린 것은 --redo로 다시 적용할 수 있고 저널에 남습니다.
--list는 모든 변경을 그 내용과 함께 보여 줍니다.",
    number: "되돌릴 변경의 번호(--list에 나옴). 없으면 마지막 변경",
    redo: "마지막으로 되돌린 것을 다시 적용합니다",
    leave: "되돌릴 수 없는 변경을 그대로 두고 그 앞의 변경으로 넘어갑니다",
    list: "변경을 최신순으로 보여 주기만 합니다. 유효한 변경에는 번호가 있습니다",
};

pub(super) const FORGET: ForgetHelp = ForgetHelp {
    about: "텍스트(기록에 적힌 비밀번호, 이름 등)를 완전히 지웁니다",
    long_about: "\
텍스트(기록에 적힌 비밀번호, 이름 등)를 완전히 지웁니다

비밀번호가 새어 나갔다면 먼저 쓰는 곳에서 바꿉니다. 그런 다음 asrun forget을
실행하고 그 값을 입력합니다(화면에 나오지 않습니다). asrun forget --secrets는
비밀 값으로 보이는 것을 스스로 찾습니다.

모든 기록과 asrun이 .asrun에 두는 모든 것에서 지웁니다. undo와 recover가 되살릴
수 있던 저널, 입력하던 줄, 편집하던 사본까지입니다. 어떻게 적혀 있든 그 자리에
(removed)를 넣고, 나머지는 적힌 그대로 둡니다. 아무것도 되살리지 못합니다. asrun
undo도 마찬가지입니다.

--event로는 이벤트 하나를 통째로 지웁니다. 기록에서는 물론, 저널에 남은 이전
내용까지 모두 지웁니다. 첨부한 파일은 남고, 어느 파일인지 알려 줍니다.

asrun이 고치지 않는 것은 알려 줍니다. 첨부, 렌더링한 문서, 템플릿, 그리고
git에 남은 것(커밋, 브랜치, 스태시, 인덱스)입니다. 그림과 다른 곳의 사본(채팅,
백업, 다른 복제본)은 살펴보지 않습니다. 종료 코드 0은 지웠고 다른 곳에도
없다는 뜻이고, 1은 아직 어딘가에 있거나 어디에도 없었다는 뜻입니다.",
    text: "지울 텍스트. 셸이 입력을 남기므로 여기 적지 않는 편이 좋습니다. 없으면 물어봅니다",
    stdin: "텍스트를 표준 입력에서 읽습니다. 여러 줄도 됩니다",
    event: "지울 이벤트의 번호(asrun show에 나오는 번호). 예전에 적은 내용까지 지웁니다",
    secrets: "비밀 값으로 보이는 모든 것. `# asrun: ignore secret`을 적은 것은 빼고 지웁니다",
    yes: "지우기 전에 묻지 않습니다",
    format: "결과의 형식: `human`, 프로그램에는 `json`",
};

pub(super) const RECOVER: RecoverHelp = RecoverHelp {
    about: "기록에서 사라진 항목을 되살립니다",
    long_about: "\
기록에서 사라진 항목을 되살립니다

편집기가 옛 사본을 저장하거나, 병합이 잘못되거나, 파일이 깨지면 asrun이 쓴
것이 사라질 수 있습니다. .asrun의 저널에는 남아 있으므로, 빠진 항목과
파일을 읽을 수 없던 동안 기록한 것을 되살립니다. asrun으로 고치기 전으로
돌아간 항목과 값은 다시 고치고, 커밋 전의 내용으로 돌아간 파일에는 그 뒤에
커밋한 것을 되살립니다. 일부러 지운 항목은 커밋이 지우거나 --forget으로 확인할
때까지 빠진 것으로 칩니다. git이 기록에 남긴 충돌은 먼저 항목 단위로
병합합니다. 커밋이 지웠거나 다른 기록으로 옮긴 것, 충돌에서 남기지 않은 것,
다른 브랜치에만 있는 것은 알려 주기만 하며, --all을 붙이면 그것도 되살립니다.
되살린 것은 asrun undo로 되돌립니다.",
    id: "기록의 id, 겹치지 않는 id 일부, 또는 버전",
    all: "커밋이 지웠거나 옮긴 것과 다른 브랜치에 있는 것도 되살립니다",
    forget: "빠진 것은 일부러 지웠고 예전으로 돌아간 것은 지금이 맞음을 확인합니다",
};
