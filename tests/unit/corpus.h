/* Mixed Chinese and English paragraphs made from a grammar of what is awkward to
 * break (A3 to A11): sentences as people write them, with blanks that are filled
 * from lists. The same seed, the same text. */
#ifndef HANDOUT_TESTS_CORPUS_H
#define HANDOUT_TESTS_CORPUS_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct corpus {
  uint32_t state;
};

static inline uint32_t corpus_next(struct corpus *corpus, uint32_t limit) {
  corpus->state = corpus->state * 1664525u + 1013904223u;
  return (corpus->state >> 8) % limit;
}

#define CORPUS_LIST(name, ...) static const char *const name[] = {__VA_ARGS__, NULL}

CORPUS_LIST(corpus_sentences,
            "今年春天，$P的小组把一套旧系统搬到了$T上，前后花了$N周，比原先的计划早了两天。",
            "很多人问：“学$T要多久？”答案因人而异——有人用了$N个月，有人整整学了$R年。",
            "按$O的说法，刚入门的工程师月薪多在$M之间，三年以后可以涨到$M以上。",
            "如果你只会$T，先别急；把《$B》读完，再动手写一个小项目，比背一百道题有用。",
            "数据要先洗净、对齐、去重，再分成训练集、验证集和测试集，比例常用$Q。",
            "她在笔记里写道：“模型不会自己变好（至少现在不会），变好的是人。”",
            "从$D到$D，$C的岗位增加了$Q，其中要求会$T的占了大约一半。",
            "面试时最怕的不是难题，而是说不清自己做过什么……这一点，$P反复提醒过我们。",
            "气温升到$G时机房报警，值班的人$N分钟之内就要赶到；这条规定写在第$N章第$N条里。",
            "真的吗？！他一连问了三遍，谁也没有回答。",
            "参见$U，那里有完整的说明和例子，也可以写信到$E。",
            "“部署”的意思是：让模型离开实验室，走进别人的工作里；这件事往往比训练更难。",
            "前端/后端的分法正在变得模糊，既懂$T又懂业务的人，公司抢着要。",
            "中国·$C的一家公司把推理成本降到了原来的$Q，靠的只是把批次调大、把日志关小。",
            "学习率设成0.001，批次设成$N，跑上$R个小时，就能看到曲线慢慢降下来。",
            "这本书分上、下两卷，上卷讲原理，下卷讲实践；$P建议倒过来读。",
            "算法工程师、数据工程师、运维工程师三种人，各有各的难处，也各有各的乐趣。",
            "第$N步最容易出错：路径里有空格，或者文件名里有（全角）括号，脚本就停住了。",
            "有人说“工具会过时，思路不会”，这话只对了一半：思路也要靠工具磨出来。",
            "预算只有$M，却要在$D之前交付，只好先做最要紧的$N项，其余的放到明年再说。",
            "教室在三楼，靠窗，能坐$N个人，每周二和周四晚上七点开门。",
            "他不爱说话，可是一讲起$T就停不下来，从历史讲到语法，从语法讲到社区里的趣事。",
            "规范GB/T 15834—2011对标点的用法有明确规定，排版的人应当放在手边。",
            "要是$P在场，多半会笑着说：“慢一点，先把问题想清楚。”");
CORPUS_LIST(corpus_tools, "Python", "C++", "C#", ".NET", "TensorFlow", "PyTorch 2.1",
            "scikit-learn", "Apache Spark", "R", "Java", "SQL", "Docker", "Kubernetes", "Linux",
            "Rust", "JavaScript", "Jupyter Notebook", "Hadoop", "NumPy", "数据库");
CORPUS_LIST(corpus_people, "老师", "李老师", "导师", "隔壁组", "项目经理", "师兄", "主管", "同事");
CORPUS_LIST(corpus_money, "￥8,000", "15K–30K", "12 万元", "1.5万元", "USD 5,000", "$120,000",
            "3～5万元", "20万", "€4,200", "9000元");
CORPUS_LIST(corpus_ranges, "3～5", "1–2", "两三", "10", "0.5", "半");
CORPUS_LIST(corpus_shares, "60%", "8:1:1", "3.5‰", "三分之一", "1/3", "12.5%", "四成");
CORPUS_LIST(corpus_dates, "2024年8月15日", "去年年底", "9月—10月", "2026年1月", "下半年", "周五");
CORPUS_LIST(corpus_cities, "北京", "上海", "深圳", "成都", "杭州", "西安");
CORPUS_LIST(corpus_degrees, "35℃", "40 °C", "38.5℃");
CORPUS_LIST(corpus_addresses, "https://example.org/docs/guide?page=3#install",
            "https://www.example.com/a/very/long/path/index.html", "www.example.org");
CORPUS_LIST(corpus_mails, "someone@example.org", "help@example.com");
CORPUS_LIST(corpus_books, "机器学习", "Deep Learning", "统计学习方法", "Introduction to Algorithms",
            "数据结构（第3版）");
CORPUS_LIST(corpus_sources, "招聘网站", "O*NET", "《2025年度报告》", "统计局", "R&D部门");

/* What a sentence may start with, so that few paragraphs share their first line. */
CORPUS_LIST(corpus_openings, "", "", "其实，", "后来", "据说", "那时候，", "说到底，", "不过，",
            "当然，", "有一回，", "按理说", "说来也巧，", "老实讲，", "至于收入，", "再说一遍：",
            "第一，", "毫无疑问，", "几年前，", "在大公司里，", "换一个角度看，", "对初学者来说，");

static inline const char *const *corpus_list(char name) {
  switch (name) {
  case 'T':
    return corpus_tools;
  case 'P':
    return corpus_people;
  case 'M':
    return corpus_money;
  case 'R':
    return corpus_ranges;
  case 'Q':
    return corpus_shares;
  case 'D':
    return corpus_dates;
  case 'C':
    return corpus_cities;
  case 'G':
    return corpus_degrees;
  case 'U':
    return corpus_addresses;
  case 'E':
    return corpus_mails;
  case 'B':
    return corpus_books;
  default:
    return corpus_sources;
  }
}

static inline const char *corpus_pick(struct corpus *corpus, const char *const *list) {
  uint32_t count = 0;
  while (list[count]) count++;
  return list[corpus_next(corpus, count)];
}

static inline void corpus_sentence(struct corpus *corpus, struct buffer *out) {
  const char *at = corpus_pick(corpus, corpus_sentences);
  if (strstr(at, "$U") && corpus_next(corpus, 6)) at = corpus_sentences[0]; /* addresses are rare */
  buffer_append_text(out, corpus_pick(corpus, corpus_openings));
  for (; *at; at++) {
    if (*at != '$') {
      buffer_append_byte(out, *at);
    } else if (*++at == 'N') {
      buffer_printf(out, "%u", 2 + corpus_next(corpus, 30));
    } else {
      buffer_append_text(out, corpus_pick(corpus, corpus_list(*at)));
    }
  }
}

/* Three to seven sentences, in `out` instead of what it held. */
static inline void corpus_paragraph(struct corpus *corpus, struct buffer *out) {
  buffer_clear(out);
  for (uint32_t left = 3 + corpus_next(corpus, 5); left > 0; left--) corpus_sentence(corpus, out);
}

/* The next line of prose in a guide's file, without markup; false at its end. */
static inline bool corpus_prose(FILE *file, char *line, int size) {
  while (fgets(line, size, file)) {
    line[strcspn(line, "\n")] = '\0';
    if (strlen(line) > 60 && !strpbrk(line, "#|*{[`:<")) return true;
  }
  return false;
}

/* What a paragraph may be made of from end to end, and should not be slow. */
static const struct monotony {
  const char *name, *unit;
} monotonies[] = {
    {"no space at all", "a"},
    {"digits", "1"},
    {"Han alone", "汉"},
    {"nothing but breaks", "\u200B"},
    {"spaces", " "},
    {"forced breaks", "\u2028"},
    {"hyphens", "word-"},
    {"marks", "！"},
    {"openers", "（"},
    {"words", "international "},
    {"address", "https://a.b/c?"},
    {"spaced marks", "， "},
    {"joiners", "a\u200D"},
    {"accents", "\u0301"},
    {"dashes", "—"},
};

#endif
