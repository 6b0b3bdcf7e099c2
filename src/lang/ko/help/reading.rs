//! Commands that query records.

use crate::lang::terminal::help::{
    BriefHelp, ChartHelp, CompareHelp, HistoryHelp, ListHelp, SearchHelp, ShowHelp, StatsHelp,
    WatchHelp,
};

pub(super) const SHOW: ShowHelp = ShowHelp {
    about: "기록을 보여 줍니다: 계획과 실제, 타임라인, 소요 시간",
    format: "출력 형식: `table`은 사람용, 나머지는 프로그램용. JSON은 템플릿이 보는 것과 같습니다",
    full: "긴 본문도 줄이지 않고 보여 줍니다",
    sources: "각 항목을 어느 문서 몇째 줄에서 가져왔는지 보여 줍니다",
    public: "누구나 봐도 되는 것만: 내부용 항목과 기록에 적힌 이름을 뺍니다",
};

pub(super) const COMPARE: CompareHelp = CompareHelp {
    about: "한 기록, 또는 여러 출시의 계획과 실제를 단계별로 비교합니다",
    long_about: "\
한 기록, 또는 여러 출시의 계획과 실제를 단계별로 비교합니다

  asrun compare                 현재 기록: 계획, 실제, 차이
  asrun compare 2.0 3.0         출시마다 같은 단계
  asrun compare --zone UTC      모든 시각을 UTC로도

여러 출시의 단계는 id가 같으면 같은 단계입니다. id가 다르면 같은 것에 같은
일을 하는 단계나 asrun.yaml의 `steps:`에 함께 적은 단계를 같은 단계로 보고
≈를 붙입니다. 출시가 셋 이상이면 단계마다 계획과의 차이를 출시 횟수(n)와 함께
적습니다. 다른 말이나 다른 언어로 같은 뜻인 단계는 같은 줄에 보여 주고 세지는
않습니다.",
    records: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 여럿을 쓸 수 있습니다. 없으면 선택한 \
        기록, 그것도 없으면 하나뿐인 진행 중인 기록",
    format: "출력 형식: `table`은 사람용, 나머지는 프로그램과 문서용",
};

pub(super) const CHART: ChartHelp = ChartHelp {
    about: "계획과 실제를 한 그림에 그립니다 (한 기록, 또는 여러 출시)",
    long_about: "\
계획과 실제를 한 그림에 그립니다 (한 기록, 또는 여러 출시)

  asrun chart                          터미널에
  asrun chart 3.0 -o release.svg       그림: 라이트 모드, 다크 모드, 인쇄
  asrun chart 3.0 -o release.png       같은 그림을 픽셀로, 이 컴퓨터의 글꼴로
  asrun chart --format mermaid         Mermaid를 그리는 페이지용
  asrun chart 2.0 2.1 3.0              여러 출시의 같은 단계를 나란히
  asrun chart 2.0 2.1 3.0 -o all.html  그림과 표가 있는 페이지

계획한 단계와 실제 일을 선으로 잇습니다. 긴 공백은 끊어서 길이를 적고,
장애의 국면은 배경색으로 구분합니다. 여러 출시는 각 출시의 기준일(D)에 맞춘 한
시간축에 그리고, 같은 단계는 asrun compare처럼 찾습니다. 계획과의 차이는 출시
횟수(n)와 함께 적습니다.",
    format: "터미널용 텍스트, SVG 또는 PNG 그림, Markdown 코드 블록에 담은 Mermaid, 여러 출시라면 HTML 페이지. 없으면 --output의 \
        확장자를 따르고, 그것도 없으면 텍스트",
    output: "쓸 파일: .svg, .png, .md, .html, 그 밖의 이름은 텍스트",
    width: "SVG 그림의 너비(픽셀, PNG는 두 배). 560보다 작으면 휴대전화에 맞게 배치합니다",
    public: "공개하는 페이지처럼 내부용을 뺍니다",
};

pub(super) const SEARCH: SearchHelp = SearchHelp {
    about: "모든 기록의 제목, 계획, 이벤트, 교훈, 후속 조치에서 글을 찾습니다",
    long_about: r#"모든 기록의 제목, 계획, 이벤트, 교훈, 후속 조치에서 글을 찾습니다

  asrun search 타임아웃
  asrun search 심사 리젝 --kind release
  asrun search "/5\d\d (오류|에러)/"      슬래시 사이는 정규 표현식

모든 낱말이 한 글에 있어야 하며 순서는 관계없습니다. 대소문자와 띄어쓰기를
가리지 않으므로 앱진입으로 앱 진입을 찾습니다. 찾은 것이 없으면 종료 코드는
1입니다."#,
    words: "찾을 낱말, 또는 /정규 표현식/",
};

pub(super) const HISTORY: HistoryHelp = HistoryHelp {
    about: "한 단계나 한 가지 문제가 매번 어떻게 되었는지 보여 줍니다",
    long_about: "\
한 단계나 한 가지 문제가 매번 어떻게 되었는지 보여 줍니다

  asrun history deploy          단계의 id나 글
  asrun history 심사 리젝       문제의 글이나 태그

단계는 계획과 실제 시각을 보여 줍니다. 계획에 없던 일은 일어난 때를 보여
줍니다. 낱말이 여럿이면 같은 단계를 다르게 쓴 것과 asrun.yaml의 `steps:`에
적은 표현도 찾습니다.
다른 기록에서 id가 같거나 같은 일을 달리 적은 단계는 ≈ 뒤에 그 단계를 붙여 함께
보여 줍니다. 그런 단계가 없는 기록에서는 앞뒤 단계가 같은 단계를 보여 주고,
자리로 추정했다고 표시합니다.",
    words: "단계의 id, 글, 또는 태그",
};

pub(super) const STATS: StatsHelp = StatsHelp {
    about: "여러 기록의 통계를 냅니다: 중앙값, 범위, 개수",
    long_about: "\
여러 기록의 통계를 냅니다: 중앙값, 범위, 개수

  asrun stats --kind outage --since 2024
  asrun stats --by service              month, quarter, year, kind, tag 등도
  asrun stats --explain ttr             수치의 바탕이 된 모든 기록
  asrun stats --by month --svg > outages.svg

소요 시간은 분포가 한쪽으로 치우치므로 평균은 내지 않습니다. 기록되지 않은 값은
짐작하지 않고 몇 개인지 셉니다. n은 나올 수 있는 값 가운데 실제로 있는
값의 수입니다. LATE 2/5는 그 단계를 계획한 기록 5개 가운데 2개에서 늦었다는
뜻이고, 건너뛴 것도 셉니다. 그 옆의 N은 시각이 기록된 횟수입니다.",
    by: "이 기준으로 나누어 통계를 냅니다",
    explain: "수치의 바탕이 된 값을 보여 줍니다. 지표를 쓰면 그 지표만",
    svg: "묶음이나 기간마다 기록 수를 SVG로 그립니다",
};

pub(super) const LIST: ListHelp = ListHelp {
    about: "기록을 오래된 순서로 나열합니다 (`*`는 선택한 기록)",
    long_about: "\
기록을 오래된 순서로 나열합니다 (`*`는 선택한 기록)

  asrun list --kind release --since 2024
  asrun list --sort events --columns id,events,services
  asrun list --unreadable          잘못된 기록과 그 이유 (종료 코드 1)

읽을 수 없는 기록은 표준 오류에 알리고 나머지는 그대로 나열합니다. 이때 종료
코드는 1입니다.",
    sort: "정렬 기준",
    reverse: "거꾸로",
    archived: "보관한 기록도 함께",
    unreadable: "읽을 수 없는 기록만 그 이유와 함께",
};

pub(super) const WATCH: WatchHelp = WatchHelp {
    about: "다른 사람이 기록하는 동안 최근 이벤트를 계속 보여 줍니다 (Ctrl-C로 끝냄)",
    long_about: "\
다른 사람이 기록하는 동안 최근 이벤트를 계속 보여 줍니다 (Ctrl-C로 끝냄)

  asrun watch              현재 기록
  asrun watch 3.0
  asrun watch --remind 10m

가장 최근 이벤트는 언제나 보이고, 자리가 모자라면 이벤트마다 한 줄만 보입니다.
계획과 소요 시간은 이벤트를 모두 보이고도 자리가 남을 때만 보입니다.

--remind를 쓰면 시각이 그만큼 가까워진 단계를 한 줄씩 따로 보이고, 터미널의
벨을 한 번 울립니다. 단계의 시각이 바뀌면 다시 울립니다. 이때
ASRUN_REMIND_COMMAND에 적힌 명령이 있으면 셸 없이, 그 줄을 마지막 인자로 주어
시작합니다:

  ASRUN_REMIND_COMMAND=\"notify-send asrun\" asrun watch --remind 10m",
    record: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 없으면 선택한 기록, 그것도 없으면 하나뿐인 \
        진행 중인 기록",
    remind: "계획한 단계마다 시각이 이만큼 남았을 때 벨을 울립니다 (예: 10m)",
};

pub(super) const BRIEF: BriefHelp = BriefHelp {
    about: "기록을 이어받는 사람에게 필요한 것을 한 화면에 보여 줍니다",
    long_about: "\
기록을 이어받는 사람에게 필요한 것을 한 화면에 보여 줍니다

  asrun brief                       현재 기록
  asrun brief checkout --format markdown     채팅용, --template handover와 같음

무엇이 언제부터 고장인지, 원인으로 알려진 것, 마지막 공지, 해 본 조치, 누가
무엇을 하는지, 남은 할 일, 최근 이벤트를 보여 줍니다. 조치는 고장 뒤에 한
일입니다: 작업, 결정, 단계, 지원 요청. 터미널에는 화면에 들어가는 만큼만
보입니다.",
    format: "출력 형식. `table`은 사람용, JSON은 프로그램용, Markdown은 채팅용",
};
