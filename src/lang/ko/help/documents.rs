//! Commands that make documents.

use crate::lang::terminal::help::{
    BuiltInTexts, PreviewHelp, RenderHelp, TemplatesContextHelp, TemplatesExportHelp,
    TemplatesHelp, TemplatesListHelp, TemplatesShowHelp,
};

pub(super) const RENDER: RenderHelp = RenderHelp {
    about: "기록을 회고, 블로그 글 같은 문서로 만듭니다",
    long_about: "\
기록을 회고, 블로그 글 같은 문서로 만듭니다

  asrun render                              현재 기록을 화면에
  asrun render 3.0 --template chirpy -o _posts/
  asrun render --template changelog -o HISTORY.md
  asrun render 3.0 --template mine.md       templates/에 둔 내 템플릿
  asrun render 3.0 --into post.md           표시한 영역만
  asrun render 3.0 --template chirpy -o _posts/ --check    CI용: 최신인지

templates/에 둔 템플릿은 이름이 같은 내장 템플릿보다 우선합니다. 템플릿은
`asrun templates list`로 봅니다. 폴더에 쓸 때는 템플릿을 쓰는 도구가 정한
이름으로 기록마다 파일을 만들고, 첨부는 문서가 찾는 자리에 복사합니다.

영역은 `<!-- asrun:begin rows 3.0 -->`으로 시작해 `<!-- asrun:end -->`으로
끝납니다. rows 자리에는 plan, rows, timeline, durations, factors, lessons,
actions, mermaid 가운데 하나를 씁니다. 영역 밖은 건드리지 않습니다.",
    records: "기록의 id, 겹치지 않는 id 일부, 또는 버전. 여럿을 쓸 수 있습니다. 없으면 선택한 \
        기록, 그것도 없으면 하나뿐인 진행 중인 기록",
    all: "모든 기록을 최신순으로",
    template: "`asrun templates list`에 나오는 이름, 또는 templates/에 있는 파일",
    layout: "기록의 설정과 상관없이 글의 배치를 정합니다: `blog`는 손으로 쓴 글처럼, `full`은 표까지",
    audience: "읽을 사람: `public`은 내부용 항목과 기록된 이름을 뺍니다. 없으면 템플릿 첫 줄에 적힌 \
        대상(`asrun templates list`)",
    publish_anyway: "비밀 값, 내부 호스트, 이메일 주소로 보이는 것이 있어도 공개 문서를 씁니다",
    strict: "초안이거나 검토 뒤에 바뀐 기록의 공개 문서는 쓰지 않습니다",
    draft: "빈 섹션도 남기고 섹션마다 질문을 하나씩 적습니다",
    output: "쓸 파일, 또는 폴더(이미 있는 폴더이거나 /로 끝나는 이름). 없거나 `-`이면 화면",
    into: "이 파일에서 표시한 영역만 새로 쓰고 나머지는 그대로 둡니다",
    check: "아무것도 쓰지 않습니다. 지금 만들 문서와 다르면 그 차이를 보여 주고 종료 코드는 \
        1입니다",
    keep_going: "문서 여럿 가운데 만들 수 있는 것은 씁니다. 없으면 하나라도 실패할 때 아무것도 쓰지 \
        않습니다",
};

pub(super) const PREVIEW: PreviewHelp = PreviewHelp {
    about: "임시 위치에 기록을 HTML 한 장으로 만들고 경로를 알려 줍니다",
    long_about: "\
임시 위치에 기록을 HTML 한 장으로 만들고 경로를 알려 줍니다

  asrun preview          경로를 출력
  asrun preview --open   데스크톱에서 열기
  asrun preview --watch  쓰는 동안 계속 새로 만들기. 열린 페이지도 다시 읽음",
    watch: "Ctrl-C까지 계속합니다. 기록, 첨부, 설정이 바뀌면 페이지를 새로 만들고, 열린 브라우저는 다시 읽습니다",
    open: "데스크톱에서 엽니다",
};

pub(super) const TEMPLATES: TemplatesHelp = TemplatesHelp {
    built_in: BuiltInTexts {
        retrospective: "팀을 위한 기록 전체 (기본)",
        chirpy: "Jekyll Chirpy 테마의 글",
        blog: "Jekyll용의 담백한 글. 손으로 쓴 글처럼 표와 표시가 없음 (layout=blog)",
        jekyll: "그 밖의 Jekyll 테마의 글",
        hugo: "Hugo의 페이지 번들",
        sre: "SRE 책에 실린 포스트모템 예시의 순서",
        atlassian: "Atlassian 포스트모템 템플릿의 순서",
        public: "고객이 읽는 글: 내부 사정도, 기록에 적힌 사람의 이름도 없음",
        github: "이슈나 풀 리퀘스트용, Mermaid 그림 포함",
        status: "상태 페이지나 채팅에 올릴 다음 공지",
        handover: "기록을 이어받는 사람에게, 채팅용",
        changelog: "여러 출시의 이력을 한 문서로",
        html: "한 페이지에 모두: 그림, 차트, 인쇄용 화면, 다크 모드",
    },
    about: "템플릿을 보고, 내장 템플릿을 바탕으로 내 템플릿을 만듭니다",
    long_about: "\
템플릿을 보고, 내장 템플릿을 바탕으로 내 템플릿을 만듭니다

  asrun templates list
  asrun templates export sre     templates/sre.md에 쓰고, 이것이 우선함
  asrun templates context 3.0    템플릿이 보는 모든 필드

템플릿의 대상은 파일 이름과 관계없이 첫 줄이 정합니다:
`{#- asrun: audience=public site=jekyll records=one -#}`. audience에는 team,
public, site에는 plain, jekyll, hugo, records에는 one, many를 씁니다.",
    list: TemplatesListHelp {
        about: "내 템플릿과 내장 템플릿의 이름을 모두 보여 줍니다"
    },
    show: TemplatesShowHelp {
        about: "템플릿의 원문을 출력합니다", name: "템플릿 이름"
    },
    export: TemplatesExportHelp {
        about: "내장 템플릿을 templates/에 써서 고칠 수 있게 합니다 (그 뒤로 우선함)",
        name: "템플릿 이름",
        output: "templates/NAME 대신 쓸 파일",
    },
    context: TemplatesContextHelp {
        about: "템플릿이 보는 기록의 모든 필드를 값과 함께 출력합니다",
        record: "기록의 id, 겹치지 않는 id 일부, 또는 버전",
        json: "템플릿이 보는 구조 그대로 JSON으로",
    },
};
