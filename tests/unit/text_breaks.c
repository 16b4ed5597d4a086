/* Where lines may end: | freely, ¦ at a price, ‐ with a hyphen. The first 22 are the
 * strings of which ICU 72 alone gets sixteen wrong; then the rules one by one. */
#include "check.h"
#include "sample.h"
#include "text/setting.h"

static char *marked(struct sample *sample, struct arena *arena, struct paragraph_spec *spec) {
  struct setting s = {.engine = sample->engine, .spec = spec, .messages = sample->messages};
  struct buffer out = {0};
  setting_init(&s, arena);
  CHECK(setting_prepare(&s));
  for (uint32_t i = 0; i < s.count; i++) {
    struct joint joint = s.joints[i];
    bool open = i > 0 && joint.penalty != BREAK_NEVER;
    const char *mark = joint.kind == BREAK_HYPHEN ? "‐" : joint.penalty >= PENALTY_SOFT ? "¦" : "|";
    if (open) buffer_append_text(&out, mark);
    uint32_t end = i + 1 < s.count ? s.characters[i + 1].offset : (uint32_t)s.text_length;
    buffer_append(&out, s.text + s.characters[i].offset, end - s.characters[i].offset);
  }
  setting_finish(&s);
  char *text = arena_strndup(arena, out.data, out.length);
  buffer_finish(&out);
  return text;
}

/* The text without its marks. */
static char *unmarked(struct arena *arena, const char *wanted) {
  char *text = arena_strdup(arena, wanted), *out = text;
  for (const char *in = wanted; *in;) {
    size_t skip = *in == '|' ? 1 : strncmp(in, "¦", 2) == 0 ? 2 : strncmp(in, "‐", 3) == 0 ? 3 : 0;
    if (skip == 0) *out++ = *in++;
    in += skip;
  }
  *out = '\0';
  return text;
}

static void check_breaks(struct sample *sample, const char *language,
                         enum text_strictness strictness, const char *wanted) {
  struct arena *arena = arena_new();
  sample->style.language = language;
  struct text_run run = sample_run(sample, unmarked(arena, wanted));
  struct paragraph_spec spec = sample_spec(sample, &run, 100);
  spec.strictness = strictness;
  CHECK_TEXT(marked(sample, arena, &spec), wanted);
  arena_free(arena);
}

/* The marked places are those of notes' numbers: before none of them may a line end. */
static void check_notes(struct sample *sample, const char *language, const char *before,
                        const char *note, const char *after, const char *wanted) {
  struct arena *arena = arena_new();
  sample->style.language = language;
  struct text_run runs[3] = {sample_run(sample, before), sample_run(sample, note),
                             sample_run(sample, after)};
  runs[1].note = true;
  struct paragraph_spec spec = sample_spec(sample, runs, 100);
  spec.run_count = 3;
  CHECK_TEXT(marked(sample, arena, &spec), wanted);
  spec.measure = spec.runs->style->size; /* nothing fits: may be broken anywhere else */
  const char *found = marked(sample, arena, &spec), *place = strstr(found, note);
  CHECK(place && place[-1] != '|' && strncmp(place - 2, "¦", 2) != 0);
  arena_free(arena);
}

static void test_notes(struct sample *sample) {
  check_notes(sample, "zh-Hans", "长时", "9", "。后", "长|时9。|后");
  check_notes(sample, "zh-Hans", "时。", "12", "后", "时。12|后");
  check_notes(sample, "zh-Hans", "见https://a.org/b/", "12", "年", "见|https://a.|org/|b/12|年");
  check_notes(sample, "en", "the waffle ", "9", " and", "the |waf‐fle 9 |and");
  check_notes(sample, "en", "the community", "9", " and others", "the |com‐mu‐nity9 |and |others");
  check_notes(sample, "en", "a b\u200B", "*", " c", "a |b\u200B* |c");
}

static void test_table(struct sample *sample, const char *language, enum text_strictness strictness,
                       const char *const *table) {
  for (; *table; table++) check_breaks(sample, language, strictness, *table);
}

static const char *const icu_strings[] = {
    "￥8,000¦元/月，",
    "25℃，|湿|度|60%",
    "15K–¦30K",
    "USD ¦5,000",
    "说：|“好|的。”|她",
    "参|考|“Career |Guide”|一",
    "号——|不",
    "号……|也",
    "⸺|两",
    "线⸺",
    "试⋯⋯|结",
    "2024¦年|8¦月|15¦日—¦9¦月",
    "1～¦3¦年",
    "C++/C#/.NET|开",
    "R&D|岗",
    "前|端/后",
    "https://www.|example.|org/|a/|b?|c=|1&|d=|2#|frag",
    "010-1234-5678",
    "中|国·|北|京・|东|京‧|台",
    "是|‘测|试’|是",
    "10 ¦km",
    "20 ¦°C",
    "约 |5 %",
    "1¦万~¦3¦万¦元",
    "GB/T ¦15834—¦2011",
    "“『内』”，|（《书》）。",
    "第①¦步",
    "第 1 ¦章",
    NULL,
};

static const char *const starts_and_ends[] = {
    /* A3 */
    "是）|的》|了、|和；|呢？|吗！|吧：|好”|了’|了】|了〕|了]|了",
    "（是|《的|“了|‘和|【呢|〔吗",
    "中·|文・|字‧|中–|文～|字",
    "数%|字|数‰|字|度℃|字|前／后",
    "￥5，|¥5，|$5，|€5，|£5，|№5",
    "第5¦章|第|五|章",
    NULL,
};

static const char *const units[] = {
    /* A5, A6 */
    "3.14|与|1,000,000|与|2:30|与|$5,000|与|50%|与|3‰|与|25℃",
    "C++ |C# |.NET |R&D |O*NET |Node.js |TCP/IP |3D",
    "5¦个|月|10¦万¦元|3¦亿¦元|20¦岁|7¦级|2¦章|6¦节|8¦条|4¦人",
    "5 ¦km |和 |2 ¦kg |和 |3 |books",
    "No. ¦5 |和 |GB/T ¦15834 |和 |Fig. ¦3",
    "3～¦5¦年，|15K–¦30K，|9¦月—¦10¦月",
    NULL,
};

static const char *const addresses[] = {
    /* A8 */
    "见|https://example.|org/|a-|b_c.|html?|q=1。",
    "写|信|到|someone@example.|org，|谢|谢",
    "电|话|+86 10 1234 5678，|+1 (555) 123-4567，|传|真|010-8765-4321。",
    "www.example.|org",
    NULL,
};

static const char *const english[] = {
    "The |first-|rate |com‐piler |isn’t |slow.", "state-|of-|the-|art |NASA |research—|it |works",
    "He |said |“good |morn‐ing” |(and |left).",  "and/|or |input/|output |1995–¦2005 |e-mail |end",
    "Dr. |Smith |has |$5,000 |and |50%.",
    "a |first‑class |soft\u00AD |word, |foo\u00AD‐bar", /* U+2011; a soft hyphen before a space */
    "well ! |so ? |5 ‰ |a ... |b |.NET |.5 |…and |§ |5",
    "file.txt |/usr/|local/|bin |and/|or",
    "the |’90s |rock |’n’ |roll |(“so”) |the |stu‐dents’ |“end…” |d”—|“e”",
    NULL,
};

/* Quotes as others set them; and their words are not divided as English ones are. */
static const char *const german[] = {
    "„Ende.“ |Und |„wo?“, |»da« |›so‹ |(„ja“)",
    "Donaudampfschifffahrt |Verbindung |und",
    NULL,
};
static const char *const french[] = {"Il |dit |« bonjour » ! |Pourquoi ? |Gouvernement |et", NULL};

/* A no-break space holds to marks, too. */
static const char *const fixed_spaces[] = {
    "见\u00A0《书》，|好。\u00A0A，——\u00A0A，|第：\u00A05",
    "好 ! |的 ，|１２３¦年",
    NULL,
};

/* A2: gb lets a dash start a line, basic lets a line end at a solidus too. */
static const char *const gb[] = {"号|——|不|号……|也", "前|端/后", "1～¦3¦年", NULL};
static const char *const basic[] = {"号|——|不|号……|也", "前|端/|后", "是。|的", NULL};

/* A name in Han within English words holds together; what is longer may be broken. */
static void test_names(struct sample *sample) {
  struct arena *arena = arena_new();
  static const char *const han[] = {"李四", "李四王五六"};
  static const char *const wanted[] = {"for |李¦四. |It", "for |李|四|王|五|六. |It"};
  struct text_style chinese = sample->style;
  chinese.language = "zh-Hans";
  sample->style.language = "en";
  for (size_t i = 0; i < 2; i++) {
    struct text_run runs[3] = {sample_run(sample, "for "), sample_run(sample, han[i]),
                               sample_run(sample, ". It")};
    struct paragraph_spec spec = sample_spec(sample, runs, 100);
    spec.run_count = 3;
    CHECK_TEXT(marked(sample, arena, &spec), wanted[i]);
    runs[1].style = &chinese;
    CHECK_TEXT(marked(sample, arena, &spec), wanted[i]);
  }
  arena_free(arena);
}

/* A31: kana that may not start a line, words of Korean, brackets of Taiwan. */
static const char *const japanese[] = {"びっ|く|り|し|た。|コー|ヒー|は|「い|い」|ね", NULL};
static const char *const korean[] = {"기계 |학습 |엔지니어는 |무엇을 |합니까?",
                                     "AI는 |API를 |C |언어(c)를 |「가」는 |기계", NULL};
static const char *const taiwanese[] = {"他|說：|「好|的|『這|樣』。」|她|說",
                                        "5¦萬¦元，|3¦億，|20¦歲，|7¦級，|第2¦節", NULL};

int main(void) {
  struct sample sample;
  sample_init(&sample);
  test_table(&sample, "zh-Hans", STRICTNESS_STRICT, icu_strings);
  test_table(&sample, "zh-Hans", STRICTNESS_STRICT, starts_and_ends);
  test_table(&sample, "zh-Hans", STRICTNESS_STRICT, units);
  test_table(&sample, "zh-Hans", STRICTNESS_STRICT, addresses);
  test_table(&sample, "en", STRICTNESS_STRICT, english);
  test_table(&sample, "de", STRICTNESS_STRICT, german);
  test_table(&sample, "fr", STRICTNESS_STRICT, french);
  test_table(&sample, "zh-Hans", STRICTNESS_STRICT, fixed_spaces);
  test_table(&sample, "zh-Hans", STRICTNESS_GB, gb);
  test_table(&sample, "zh-Hans", STRICTNESS_BASIC, basic);
  test_table(&sample, "ja", STRICTNESS_STRICT, japanese);
  test_table(&sample, "ko", STRICTNESS_STRICT, korean);
  test_table(&sample, "zh-Hant-TW", STRICTNESS_STRICT, taiwanese);
  test_notes(&sample);
  test_names(&sample);
  sample_free(&sample);
  return check_summary();
}
