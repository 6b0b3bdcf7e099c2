//! `asrun` itself, and what many commands share.

use crate::lang::terminal::help::{
    AsrunHelp, FilterHelp, FormHelp, FrameHelp, GlobalsHelp, RecordHelp,
};

pub(super) const FRAME: FrameHelp = FrameHelp {
    usage: "사용법",
    commands: "명령",
    arguments: "인수",
    options: "옵션",
    values: "쓸 수 있는 값",
    default: "기본값",
    one_of: "쓸 수 있는 값",
    environment: "환경 변수",
    help: "도움말을 보여 줍니다",
    help_in_short: "도움말을 보여 줍니다 (자세한 내용은 --help)",
    help_in_long: "도움말을 보여 줍니다 (요약은 -h)",
    version: "버전을 보여 줍니다",
};

pub(super) const ASRUN: AsrunHelp = AsrunHelp {
    about: "출시와 장애에서 실제로 일어난 일을 계획과 나란히 기록합니다",
    long_about: r#"출시와 장애에서 실제로 일어난 일을 계획과 나란히 기록합니다

기록 하나는 incidents/에 있는 YAML 파일 하나이며, 사람이 읽고 git으로 다루기
좋습니다. asrun은 다른 곳을 건드리지 않고 항목만 더하며, 기록을 회고로
만들어 줍니다.

프로젝트에서 한 번:
  asrun init

장애가 났을 때:
  asrun new "결제 장애" --kind outage
  asrun log "결제 5xx 증가" --type 감지
  asrun log "커넥션 풀 고갈" --at "10분 전" --type "원인 확인"
  asrun log "모두 정상" --type 해결
  asrun show

출시할 때:
  asrun new "왁뮤 3.0 출시" --kind release --version 3.0
  asrun plan add "오후 5시 30분" "앱 배포" --id deploy
  asrun log "배포 시작" --step deploy
  asrun edit                           교훈, 후속 조치, 요약
  asrun render --template chirpy -o _posts/

다음 출시 전에: asrun compare 2.0 3.0, asrun stats (자주 밀리는 단계),
asrun lessons, asrun plan from 3.0 --at 17:30"#,
    verbose: "--version과 함께 쓰면 시간대 데이터의 버전도 보여 줍니다",
    after: "\
종료 코드: 0 완료, 1 실패했거나 잘못된 것을 찾음, 2 잘못된 사용법,
  3 다른 asrun이 기록을 쓰고 있음(아무것도 쓰지 않음, 다시 시도),
  4 기록을 읽을 수 없어 이벤트를 따로 보관함(asrun recover로 기록에 넣음)

환경 변수: ASRUN_RECORD는 기록, VISUAL이나 EDITOR는 편집기, ASRUN_PAGER나
  PAGER는 긴 답을 보여 줄 페이저(cat이면 없음)를 정하고, NO_COLOR는 색을
  끕니다. ASRUN_TIMEZONE 등은 asrun.yaml의 설정을 대신합니다 (asrun config).
  내장된 것보다 최신인 시간대 데이터가 /usr/share/zoneinfo 폴더나
  ASRUN_ZONEINFO로 정한 폴더에 있으면 그것을 씁니다.",
};

pub(super) const GLOBALS: GlobalsHelp = GlobalsHelp {
    heading: "모든 명령의 옵션",
    directory: "DIR에서 시작한 것처럼 동작합니다",
    dry_run: "아무것도 쓰지 않고, 무엇을 할지와 기록이 어떻게 바뀔지 보여 줍니다",
    quiet: "요청한 결과, 경고, 오류만 출력합니다",
    no_input: "입력을 기다리지 않습니다: 편집기, 페이저, 질문 없음",
    color: "색: 터미널에서만(auto), 항상(always), 쓰지 않음(never)",
};

pub(super) const RECORD: RecordHelp = RecordHelp {
    record: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 없으면 선택한 기록, 그것도 없으면 하나뿐인 \
        진행 중인 기록",
    wait: "다른 asrun이 같은 기록을 쓰는 동안 기다릴 초",
    format: "사람이 볼 답은 `text`, 프로그램이 읽을 변경 내용은 `json`",
    current: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 없으면 선택한 기록, 그것도 없으면 하나뿐인 \
        진행 중인 기록",
    either: "기록을 옵션으로 적을 때",
};

pub(super) const FORM: FormHelp = FormHelp {
    format: "출력 형식: `table`은 사람용, 나머지는 프로그램과 문서용. 파이프로 보낸 표는 행마다 한 \
        줄이고 칸은 탭으로 나눕니다",
    columns: "보여 줄 열(예: `id,date,text`). 틀린 이름을 쓰면 쓸 수 있는 이름을 알려 \
        줍니다",
    bom: "CSV 앞에 바이트 순서 표시(BOM)를 붙여 스프레드시트에서 한글이 깨지지 않게 합니다",
};

pub(super) const FILTER: FilterHelp = FilterHelp {
    heading: "대상 기록",
    kind: "release, outage, maintenance, 또는 다른 말",
    tag: "태그나 카테고리",
    service: "서비스",
    of_version: "출시한 버전",
    severity: "심각도(예: sev1)",
    status: "마지막 이정표(예: resolved)",
    author: "작성자",
    since: "그날부터: 2024-09-07, 2024-09, 2024",
    until: "그날까지: 2024-09-07, 2024-09, 2024",
    open: "진행 중인 기록만",
};

pub(super) const ZONE: &str = "모든 시각을 이 시간대로도 보여 줍니다 (예: UTC, Europe/Berlin)";

pub(super) const FORCE: &str = "asrun이 쓰지 않았거나 그 뒤에 바뀐 파일도 바꿉니다";
