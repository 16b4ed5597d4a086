/* The rules of typography for a paragraph, one case each: the string, the measure,
 * and the lines that must come out, every cluster with its place in thousandths of an
 * em. A second program would be needed to write these by hand; they were read with
 * the sheet beside them, once, and are kept. */
#include "check.h"
#include "sample.h"

struct rule_case {
  const char *rule, *language;
  double measure;
  const char *text, *wanted;
  mpt indent;
  enum text_alignment alignment;
  enum text_punctuation punctuation;
  bool balanced, dots, verbatim, hanging;
};

static void put_run(struct buffer *out, const struct paragraph *paragraph,
                    const struct glyph_run *run) {
  for (struct cluster cluster = {0}; cluster_next(run, &cluster);) {
    size_t length = cluster.text_end - cluster.text_start;
    const char *text = length ? paragraph->text + cluster.text_start : run->dots ? "•" : "-";
    mpt x = run->glyphs[cluster.first_glyph].x;
    buffer_printf(out, "%.*s%d", length ? (int)length : 3, text, (x + (x < 0 ? -5 : 5)) / 10);
    buffer_append_byte(out, ' ');
  }
}

/* "字0 字1000 /" for each line; the line's width after the solidus. */
static char *dump(struct arena *arena, const struct paragraph *paragraph) {
  struct buffer out = {0};
  for (size_t i = 0; i < paragraph->line_count; i++) {
    const struct line *line = &paragraph->lines[i];
    for (size_t r = 0; r < line->run_count; r++) put_run(&out, paragraph, &line->runs[r]);
    buffer_printf(&out, "/%d%s", (line->width + 5) / 10, i + 1 < paragraph->line_count ? "\n" : "");
  }
  char *text = arena_strndup(arena, out.data, out.length);
  buffer_finish(&out);
  return text;
}

static char *set_case(struct sample *sample, struct arena *arena, const struct rule_case *rule) {
  sample->style.language = rule->language ? rule->language : "zh-Hans";
  sample->style.emphasis_dots = rule->dots;
  sample->style.verbatim = rule->verbatim;
  struct text_run run = sample_run(sample, rule->text);
  struct paragraph_spec spec = sample_spec(sample, &run, rule->measure);
  spec.alignment = rule->alignment == ALIGN_START ? ALIGN_JUSTIFY : rule->alignment;
  spec.first_indent = rule->indent;
  spec.punctuation = rule->punctuation;
  spec.balanced = rule->balanced;
  spec.hanging = rule->hanging;
  if (rule->balanced) spec.alignment = ALIGN_START;
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  return dump(arena, paragraph);
}

static const struct rule_case cases[] = {
    {.rule = "A4 dashes and ellipses are two em",
     .measure = 20,
     .text = "他——她……我",
     .wanted = "他0 ——1000 她3000 …4000 …5000 我6000 /7000"},
    {.rule = "A10 a mark at the line's end takes half an em",
     .measure = 6,
     .text = "他在说话呢，她在听着呢。",
     .wanted = "他0 在1100 说2200 话3300 呢4400 ，5500 /6000\n"
               "她0 在1000 听2000 着3000 呢4000 。5000 /5500"},
    {.rule = "A10 an opener at the line's start loses half",
     .measure = 6,
     .text = "他们都在读书（新的）。她在听。",
     .wanted = "他0 们1000 都2000 在3000 读4000 书5000 /6000\n"
               "（-500 新700 的1900 ）3100 。3800 她5000 /6000\n"
               "在0 听1000 。2000 /2500"},
    {.rule = "A10 also after the indent",
     .measure = 8,
     .indent = 20000,
     .text = "“好的，”他说，“就这样吧。”",
     .wanted = "“1500 好2500 的3500 ，4500 ”5000 他5500 说6500 ，7500 /6000\n"
               "“-500 就500 这1500 样2500 吧3500 。4500 ”5000 /5500"},
    {.rule = "A13 kaiming: full stops alone are whole",
     .measure = 20,
     .punctuation = PUNCTUATION_KAIMING,
     .text = "是，好；好。（是）好！是",
     .wanted =
         "是0 ，1000 好1500 ；2500 好3000 。4000 （4000 是5000 ）6000 好6500 ！7500 是8500 /9500"},
    {.rule = "A13 banjiao: all half",
     .measure = 20,
     .punctuation = PUNCTUATION_BANJIAO,
     .text = "是，好；好。（是）好！是",
     .wanted =
         "是0 ，1000 好1500 ；2500 好3000 。4000 （4000 是5000 ）6000 好6500 ！7500 是8000 /9000"},
    {.rule = "A13 none: all whole, also where they meet",
     .measure = 20,
     .punctuation = PUNCTUATION_NONE,
     .text = "是，“好”。（是）。",
     .wanted = "是0 ，1000 “2000 好3000 ”4000 。5000 （6000 是7000 ）8000 。9000 /10000"},
    {.rule = "A13 zh-TW: centred marks are not squeezed",
     .language = "zh-Hant-TW",
     .measure = 20,
     .text = "是，好。是",
     .wanted = "是0 ，1000 好2000 。3000 是4000 /5000"},
    {.rule = "A14 、，。 hang by half an em at most",
     .measure = 6,
     .hanging = true,
     .text = "他在说话呢吗，她在听着呢吗。",
     .wanted = "他0 在1000 说2000 话3000 呢4000 吗5000 ，6000 /6000\n"
               "她0 在1000 听2000 着3000 呢4000 吗5000 。6000 /6000"},
    {.rule = "A14 not where they stand in the middle of their cell",
     .language = "zh-Hant-TW",
     .measure = 6,
     .hanging = true,
     .text = "他在說話呢，她在聽著呢。",
     .wanted = "他0 在1000 說2000 話3000 呢4000 ，5000 /6000\n"
               "她0 在1000 聽2000 著3000 呢4000 。5000 /6000"},
    {.rule = "A29 a hyphen stands out by .55 of its width, a comma and a point by .8",
     .language = "en",
     .measure = 9,
     .hanging = true,
     .text = "It rained all day long, “international” trade fell, in the end.",
     .wanted = "I0 t367  719 r979 a1430 i1993 n2313 e2958 d3493  4107 a4367 l4930 l5240  5550 /5550\n"
               "d0 a614 y1157  1722 l2141 o2451 n3028 g3673 ,4211  4461 “4880 i5330 n5650 t6295 "
               "e6647 r7182 n7653 a8298 -8861 /9000\n"
               "t0 i352 o672 n1249 a1894 l2457 ”2767  3217 t4064 r4416 a4867 d5430 e6044  6579 "
               "f7426 e7795 l8330 l8640 ,8950  9000 /9000\n"
               "i0 n320  965 t1225 h1577 e2212  2747 e3007 n3542 d4187 .4801 /4851"},
    {.rule = "A29 an opening quote stands out by half",
     .language = "en",
     .measure = 10,
     .hanging = true,
     .text = "It rained all day long, “international” trade",
     .wanted = "I0 t367  719 r1001 a1452 i2015 n2335 e2980 d3515  4129 a4411 l4974 l5284  5594 d5876 "
               "a6490 y7033  7598 l7880 o8190 n8767 g9412 ,9950  10000 /10000\n"
               "“-225 i225 n545 t1190 e1542 r2077 n2548 a3193 t3756 i4108 o4428 n5005 a5650 l6213 "
               "”6523  6973 t7233 r7585 a8036 d8599 e9213 /9748"},
    {.rule = "A15 a quarter em between Han and Latin",
     .measure = 20,
     .text = "用A和5做",
     .wanted = "用0 A1250 和2205 53455 做4264 /5264"},
    {.rule = "A15 none beside marks",
     .measure = 20,
     .text = "用，A。B（C）",
     .wanted = "用0 ，1000 A2000 。2705 B3705 （4359 C5359 ）5973 /6473"},
    {.rule = "A15 none beside brackets of Latin text",
     .measure = 20,
     .text = "用(A)和(用)A",
     .wanted = "用0 (1000 A1346 )2051 和2397 (3397 用3743 )4743 A5089 /5794"},
    {.rule = "A18 a few Han in an English line stay together",
     .language = "en",
     .measure = 12,
     .text = "the word for it (自然语言处理) strengthening",
     .wanted = "t0 h352 e987  1522 w1902 o2764 r3341 d3812  4426 f4806 o5175 r5752  6223 i6602 t6922  7274 "
               "(7654 自8000 然9000 语10000 言11000 /12000\n"
               "处0 理1000 )2000  2346 s2606 t3057 r3409 e3880 n4415 g5060 t5598 h5950 e6585 n7120 i7765 "
               "n8085 g8730 /9268"},
    {.rule = "A16 a typed space is the same",
     .measure = 20,
     .text = "用 A 和 5 做",
     .wanted = "用0  1000 A1250  1955 和2205  3205 53455  4014 做4264 /5264"},
    {.rule = "A16 typed beside a mark, it is nothing",
     .measure = 20,
     .text = "用， A。",
     .wanted = "用0 ，1000  2000 A2000 。2705 /3205"},
    {.rule = "A15 none in code",
     .measure = 20,
     .verbatim = true,
     .text = "用A和5做",
     .wanted = "用0 A1000 和1705 52705 做3264 /4264"},
    {.rule = "A15 none beside Korean: its words are parted by spaces",
     .language = "ko",
     .measure = 20,
     .text = "AI는 C 언어",
     .wanted = "A0 I705 는1072  2038 C2298  2912 언3172 어4138 /5104"},
    {.rule = "A16 nothing at the start of a line",
     .language = "en",
     .measure = 20,
     .text = "a\u2028  b",
     .wanted = "a0 /563\n 0  0 b0 /614"},
    {.rule = "tabs of code end at every eighth column",
     .measure = 40,
     .verbatim = true,
     .text = "\ta\u2028ab\tc\t\td",
     .wanted = "\t0 a2080 /2643\n"
               "a0 b563 \t1177 c2737 \t3229 \t5049 d7129 /7743"},
    {.rule = "A17 pressed: word space, brackets, commas, gaps, stops",
     .measure = 11,
     .text = "他说（是）A b，好；是。是了就好。",
     .wanted = "他0 说1000 （1966 是2966 ）3966 A4931  5636 b5886 ，6500 好7500 ；8500 是9500 "
               "。10500 /11000\n"
               "是0 了1000 就2000 好3000 。4000 /4500"},
    {.rule = "A18 drawn: spaces, gaps, then Han",
     .measure = 9,
     .text = "他说A b好，是了unbelievably",
     .wanted = "他0 说1129 A2462  3167 b3667 好4614 ，5743 是6871 了8000 /9000\n"
               "u0 n635 b1280 e1894 l2429 i2739 e3059 v3594 a4173 b4736 l5350 y5660 /6225"},
    {.rule = "A18 nothing opens inside —— or beside ～",
     .measure = 8,
     .text = "他——从3～5年起unbelievably",
     .wanted = "他0 ——1108 从3215 34549 ～5108 56108 年7000 /8000\n"
               "起0 u1250 n1885 b2530 e3144 l3679 i3989 e4309 v4844 a5423 b5986 l6600 y6910 /7475"},
    {.rule = "A21 two Han at least on the last line",
     .measure = 10,
     .text = "这一行刚刚好是十个字吗",
     .wanted = "这0 一1125 行2250 刚3375 刚4500 好5625 是6750 十7875 个9000 /10000\n"
               "字0 吗1000 /2000"},
    {.rule = "A22 balanced, between phrases",
     .measure = 10,
     .balanced = true,
     .text = "机器学习工程师的职业前景",
     .wanted = "机0 器1000 学2000 习3000 /4000\n"
               "工0 程1000 师2000 的3000 职4000 业5000 前6000 景7000 /8000"},
    {.rule = "A23 first line indented by two em",
     .measure = 6,
     .indent = 20000,
     .text = "春天来了花都开了真好看",
     .wanted = "春2000 天3000 来4000 了5000 /4000\n"
               "花0 都1250 开2500 了3750 真5000 /6000\n"
               "好0 看1000 /2000"},
    {.rule = "A23 hanging",
     .measure = 6,
     .indent = -20000,
     .text = "春天来了花都开了真好看",
     .wanted = "春0 天1250 来2500 了3750 花5000 /6000\n"
               "都2000 开3000 了4000 真5000 /4000\n"
               "好2000 看3000 /2000"},
    {.rule = "A26 dots under Han, none under marks",
     .measure = 10,
     .dots = true,
     .text = "重，点A",
     .wanted = "重0 ，1000 点2000 •500 •2500 A3250 /3955"},
    {.rule = "A28 hyphens",
     .language = "en",
     .measure = 7,
     .text = "The international community",
     .wanted = "T0 h613 e1248  1783 i2043 n2363 t3008 e3360 r3895 n4366 a5011 -5574 /5884\n"
               "t0 i352 o672 n1249 a1894 l2457  2767 /2767\n"
               "c0 o492 m1069 m2014 u2959 n3594 i4239 t4559 y4911 /5476"},
    {.rule = "A28 a soft hyphen",
     .language = "en",
     .measure = 5,
     .text = "The zyx\u00ADwvut",
     .wanted = "T0 h613 e1248  1783 z3036 y3547 x4112 ­4690 -4690 /5000\n"
               "w0 v862 u1441 t2076 /2428"},
    {.rule = "a half-width comma between Han",
     .measure = 9,
     .text = "是,的",
     .wanted = "是0 ,1000 的1500 /2500"},
    {.rule = "centred",
     .measure = 6,
     .alignment = ALIGN_CENTRE,
     .text = "春天",
     .wanted = "春2000 天3000 /2000"},
    {.rule = "at the end",
     .measure = 6,
     .alignment = ALIGN_END,
     .text = "春天",
     .wanted = "春4000 天5000 /2000"},
    {.rule = "English justified",
     .language = "en",
     .measure = 12,
     .text = "A word in one line and an other one",
     .wanted = "A0  705 w1188 o2050 r2627 d3098  3712 i4196 n4516  5161 o5644 n6221 e6866  7401 "
               "l7885 i8195 n8515 e9160  9695 a10178 n10741 d11386  12000 /12000\n"
               "a0 n563  1208 o1468 t2045 h2397 e3032 r3567  4038 o4298 n4875 e5520 /6055"},
};

/* A9: any two full-width marks that meet take an em and a half. */
static void check_pairs(struct sample *sample) {
  static const char *const marks[] = {"，", "。", "、", "；", "：", "？", "！", "）", "》", "」",
                                      "』", "】", "”",  "’",  "（", "《", "「", "『", "“",  "【"};
  sample->style.language = "zh-Hans";
  for (size_t a = 0; a < 20; a++) {
    for (size_t b = 0; b < 20; b++) {
      char text[32];
      snprintf(text, sizeof text, "国%s%s国", marks[a], marks[b]);
      struct text_run run = sample_run(sample, text);
      struct paragraph_spec spec = sample_spec(sample, &run, 20);
      mpt width = paragraph_natural_width(sample->engine, &spec, sample->messages);
      bool bangs = (a == 5 || a == 6) && (b == 5 || b == 6);
      bool turned = a >= 14 && b < 14; /* （） with nothing inside: no blank meets another */
      CHECK(width == (bangs ? 30000 : turned ? 40000 : 35000));
      if (width != (bangs ? 30000 : turned ? 40000 : 35000)) printf("  %s: %d\n", text, width);
    }
  }
}

/* A12: what is taken from a mark is what `halt` takes. */
static void check_natural(struct sample *sample, const char *text, mpt wanted) {
  sample->style.language = "zh-Hans";
  struct text_run run = sample_run(sample, text);
  struct paragraph_spec spec = sample_spec(sample, &run, 20);
  mpt width = paragraph_natural_width(sample->engine, &spec, sample->messages);
  CHECK(width == wanted);
  if (width != wanted) printf("  %s: %d, not %d\n", text, width, wanted);
}

/* A note's number stands close to what is before and after it, and is no letter that
 * could keep a Han character company on the last line (A21). */
static void check_note(struct sample *sample) {
  struct arena *arena = arena_new();
  sample->style.language = "zh-Hans";
  struct text_run runs[3] = {sample_run(sample, "这一行刚刚好是十个字"), sample_run(sample, "9"),
                             sample_run(sample, "。")};
  struct paragraph_spec spec = sample_spec(sample, runs, 20);
  spec.run_count = 3;
  mpt plain = paragraph_natural_width(sample->engine, &spec, sample->messages);
  runs[1].note = true;
  mpt noted = paragraph_natural_width(sample->engine, &spec, sample->messages);
  CHECK(plain - noted == sample->style.size / 4);
  spec.measure = 9 * sample->style.size;
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  CHECK_TEXT(dump(arena, paragraph),
             "这0 一1143 行2286 刚3429 刚4571 好5714 是6857 十8000 /9000\n"
             "个0 字1000 92000 。2559 /3059");
  arena_free(arena);
}

/* A7: which face sets the quotes: H the Han face, L the Latin one. */
static void check_quotes(struct sample *sample, const char *language, const char *text,
                         const char *wanted) {
  struct arena *arena = arena_new();
  sample->style.language = language;
  struct text_run run = sample_run(sample, text);
  struct paragraph_spec spec = sample_spec(sample, &run, 50);
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  char found[64] = "";
  for (size_t r = 0; r < paragraph->lines[0].run_count; r++) {
    const struct glyph_run *part = &paragraph->lines[0].runs[r];
    for (struct cluster cluster = {0}; cluster_next(part, &cluster);) {
      const char *at = paragraph->text + cluster.text_start;
      bool quote =
          strncmp(at, "“", 2) == 0 && (unsigned char)at[2] >= 0x98 && (unsigned char)at[2] <= 0x9D;
      if (quote) strcat(found, part->face == sample->fonts.faces[FONT_SCRIPT_HAN][0] ? "H" : "L");
    }
  }
  CHECK_TEXT(found, wanted);
  arena_free(arena);
}

/* A27: which stack sets which character. */
static void check_faces(struct sample *sample, const char *text, const char *wanted) {
  struct arena *arena = arena_new();
  sample->style.language = "zh-Hans";
  struct text_run run = sample_run(sample, text);
  struct paragraph_spec spec = sample_spec(sample, &run, 50);
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  struct buffer found = {0};
  for (size_t r = 0; r < paragraph->lines[0].run_count; r++) {
    const struct glyph_run *part = &paragraph->lines[0].runs[r];
    char stack = part->face == sample->fonts.faces[FONT_SCRIPT_HAN][0] ? 'H' : 'L';
    for (struct cluster cluster = {0}; cluster_next(part, &cluster);)
      buffer_append_byte(&found, stack);
  }
  buffer_append_byte(&found, '\0');
  CHECK_TEXT(found.data, wanted);
  buffer_finish(&found);
  arena_free(arena);
}

/* A22: the lines of a heading, with solidi for the breaks. */
static void check_heading(struct sample *sample, double measure, const char *wanted) {
  struct arena *arena = arena_new();
  char *text = arena_strdup(arena, wanted), *end = text;
  for (const char *at = wanted; *at; at++)
    if (*at != '/') *end++ = *at;
  *end = '\0';
  sample->style.language = "zh-Hans";
  struct text_run run = sample_run(sample, text);
  struct paragraph_spec spec = sample_spec(sample, &run, measure);
  spec.alignment = ALIGN_START;
  spec.balanced = true;
  const struct paragraph *paragraph = paragraph_set(sample->engine, arena, &spec, sample->messages);
  struct buffer found = {0};
  for (size_t i = 0; i < paragraph->line_count; i++) {
    const struct line *line = &paragraph->lines[i];
    if (i > 0) buffer_append_byte(&found, '/');
    buffer_append(&found, text + line->text_start, line->text_end - line->text_start);
  }
  buffer_append_byte(&found, '\0');
  CHECK_TEXT(found.data, wanted);
  buffer_finish(&found);
  arena_free(arena);
}

static void check_headings(struct sample *sample) {
  check_heading(sample, 12, "机器学习工程师职业指南");
  check_heading(sample, 8, "机器学习/工程师职业指南");
  check_heading(sample, 6, "机器学习/工程师/职业指南");
  check_heading(sample, 6, "太阳能光伏/安装技术员/职业指南");
  check_heading(sample, 6, "从笔记本到/生产环境的/五个台阶");
  check_heading(sample, 8, "计算机科学/与数据科学家们的/技能清单");
  check_heading(sample, 10, "按经验和地区看薪酬/与可能问到的问题");
  check_heading(sample, 6, "容易混淆的/三种职业");
  check_heading(sample, 12, "Python 的用法/和 TensorFlow 的入门");
}

static void check_all_quotes(struct sample *sample) {
  check_quotes(sample, "zh-Hans", "他说“好的”。", "HH");
  check_quotes(sample, "zh-Hans", "他说‘好的’。", "HH");
  check_quotes(sample, "zh-Hans", "“外面‘里面’外面”", "HHHH");
  check_quotes(sample, "zh-Hans", "参考“Career Guide”一书", "HH");
  check_quotes(sample, "zh-Hans", "她的it’s写错了", "L");
  check_quotes(sample, "zh-Hans", "O’Reilly出的‘书’", "LHH");
  check_quotes(sample, "zh-Hans", "the students’ work是", "L");
  check_quotes(sample, "zh-Hans", "‘it’s fine’这句话", "HLH");
  check_quotes(sample, "en", "He said “yes”.", "LL");
  check_quotes(sample, "en", "It’s ‘fine’.", "LLL");
  check_quotes(sample, "en", "the word “你好” means hello", "LL");
  check_quotes(sample, "en", "“‘Nested’ quotes”", "LLLL");
}

int main(void) {
  struct sample sample;
  sample_init(&sample);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct arena *arena = arena_new();
    char *found = set_case(&sample, arena, &cases[i]);
    int failed = check_failed;
    CHECK_TEXT(found, cases[i].wanted);
    if (check_failed > failed) printf("  rule %s\n", cases[i].rule);
    arena_free(arena);
  }
  sample.style = (struct text_style){.fonts = &sample.fonts, .size = 10000};
  check_pairs(&sample);
  check_natural(&sample, "国！！国", 30000);
  check_natural(&sample, "国？！国", 30000);
  check_natural(&sample, "国！！！国", 40000);
  check_natural(&sample, "国——国", 40000);
  check_natural(&sample, "国……国", 40000);
  check_natural(&sample, "国·国", 25000);
  check_natural(&sample, "国／国", 30000); /* its ink fills the em: half would touch */
  check_natural(&sample, "国/国", 25000);
  check_natural(&sample, "国–国", 25000);
  check_natural(&sample, "国。", 15000);
  check_natural(&sample, "（国", 15000);
  check_note(&sample);
  check_all_quotes(&sample);
  check_headings(&sample);
  check_faces(&sample, "用A和5做 TensorFlow，é 与（B）", "HLHLHLLLLLLLLLLLHLLHHLH");
  check_faces(&sample, "3.5%、C++/C#：15K–30K", "LLLLHLLLLLLHLLLLLLL");
  sample_free(&sample);
  return check_summary();
}
