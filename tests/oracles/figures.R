# The figures of the files beside this script, computed by R alone: see README.md.
# Prints CSV: the name of a figure, its value with 15 digits.

args <- commandArgs(trailingOnly = FALSE)
here <- dirname(sub("^--file=", "", grep("^--file=", args, value = TRUE)))
answers <- read.csv(file.path(here, "answers_SYNTHETIC.csv"), na.strings = c("", "DK"))
invited <- read.csv(file.path(here, "invited_SYNTHETIC.csv"))
population <- sum(invited$invited)
groups <- invited$group

say <- function(name, value) cat(sprintf("%s,%.15g\n", name, value), sep = "")
both <- function(name, interval) say(paste0(name, c(".low", ".high")), interval)
cat("figure,value\n")
cat(sprintf("r_version,%s\n", R.version.string))

# Means: t.test, its half width times the finite population correction.
mean_of <- function(name, x) {
  x <- x[!is.na(x)]
  half <- diff(t.test(x)$conf.int) / 2 * sqrt(1 - length(x) / population)
  say(paste0(name, c(".n", ".mean", ".sd", ".median")), c(length(x), mean(x), sd(x), median(x)))
  both(paste0(name, ".interval"), mean(x) + c(-1, 1) * half)
}
mean_of("utility", answers$utility)
mean_of("employees", answers$employees)

# Shares: prop.test without continuity correction gives Wilson's interval; it takes a real n.
wilson <- function(count, n) as.numeric(suppressWarnings(prop.test(count, n, correct = FALSE))$conf.int)
share_of <- function(name, hit) {
  hit <- hit[!is.na(hit)]
  n <- length(hit)
  size <- n * (population - 1) / (population - n)
  say(paste0(name, c(".n", ".share")), c(n, mean(hit)))
  both(paste0(name, ".interval"), wilson(mean(hit) * size, size))
}
share_of("would", answers$would == "yes")
share_of("satisfied", answers$utility >= 4)

# The recommendation score: adjusted Wald.
r <- answers$recommend_0_10[!is.na(answers$recommend_0_10)]
promoters <- sum(r >= 9)
detractors <- sum(r <= 6)
p <- (promoters + 0.75) / (length(r) + 3)
d <- (detractors + 0.75) / (length(r) + 3)
say("nps.value", 100 * (promoters - detractors) / length(r))
both("nps.interval", 100 * (p - d + c(-1, 1) * qnorm(0.975) * sqrt((p + d - (p - d)^2) / (length(r) + 3))))

# Dimensions: persons with at least half of the items; stress is reversed.
turned <- transform(answers, stress = 6 - stress)
dimension <- function(name, items) {
  x <- as.matrix(turned[items])
  enough <- rowSums(!is.na(x)) * 2 >= length(items)
  score <- rowMeans(x[enough, , drop = FALSE], na.rm = TRUE)
  mean_of(name, score[!is.nan(score)])
}
dimension("time", c("time_1", "time_2", "time_3"))
dimension("wellbeing", c("calm", "stress"))

# Reliability of complete cases: alpha with Feldt's interval, Spearman-Brown for two items.
complete <- function(items) turned[complete.cases(turned[items]), items]
x <- complete(c("time_1", "time_2", "time_3"))
k <- ncol(x)
n <- nrow(x)
alpha <- k / (k - 1) * (1 - sum(diag(cov(x))) / sum(cov(x)))
say(c("time.alpha", "time.alpha.n"), c(alpha, n))
both("time.alpha.interval", 1 - (1 - alpha) * qf(c(0.975, 0.025), n - 1, (n - 1) * (k - 1)))
x <- complete(c("calm", "stress"))
say("wellbeing.spearman_brown", 2 * cor(x)[1, 2] / (1 + cor(x)[1, 2]))

# Each group against the rest: Welch; Newcombe from two Wilson intervals; the score test; Holm.
welch <- lapply(groups, function(g) t.test(utility ~ group != g, data = answers))
for (i in seq_along(groups)) {
  name <- paste0("against_rest.utility.", groups[i])
  say(paste0(name, c(".difference", ".p")), c(-diff(welch[[i]]$estimate), welch[[i]]$p.value))
  both(paste0(name, ".interval"), welch[[i]]$conf.int)
}
holm <- p.adjust(sapply(welch, function(test) test$p.value), "holm")
say(paste0("against_rest.utility.", groups, ".p_holm"), holm)

yes <- answers[!is.na(answers$would), ]
score <- sapply(groups, function(g) {
  inside <- yes$group == g
  counts <- c(sum(yes$would[inside] == "yes"), sum(yes$would[!inside] == "yes"))
  ns <- c(sum(inside), sum(!inside))
  shares <- counts / ns
  one <- wilson(counts[1], ns[1])
  other <- wilson(counts[2], ns[2])
  name <- paste0("against_rest.would.", g)
  difference <- shares[1] - shares[2]
  say(paste0(name, ".difference"), difference)
  both(paste0(name, ".interval"), difference + c(
    -sqrt((shares[1] - one[1])^2 + (other[2] - shares[2])^2),
    sqrt((one[2] - shares[1])^2 + (shares[2] - other[1])^2)
  ))
  p <- suppressWarnings(prop.test(counts, ns, correct = FALSE))$p.value
  say(paste0(name, ".p"), p)
  p
})
say(paste0("against_rest.would.", groups, ".p_holm"), p.adjust(score, "holm"))

# Post-stratification by group, and Kish's effective number of answers.
valid <- answers[!is.na(answers$utility), ]
weights <- (invited$invited / as.numeric(table(valid$group)[groups]))[match(valid$group, groups)]
say("weighted.utility.value", weighted.mean(valid$utility, weights))
say("weighted.utility.n_eff", sum(weights)^2 / sum(weights^2))

# Worst case: everybody silent answers 1, or 5.
silent <- population - nrow(valid)
both("worst_case.utility", (sum(valid$utility) + silent * c(1, 5)) / population)

# Statuses: Stuart-Maxwell by its formula, McNemar exact by binom.test, Holm.
statuses <- c("seeking", "unemployed", "permanent", "other")
table <- table(factor(answers$status_before, statuses), factor(answers$status_now, statuses))
d <- (colSums(table) - rowSums(table))[-4]
S <- -(table + t(table))
diag(S) <- rowSums(table) + colSums(table) - 2 * diag(table)
chi2 <- as.numeric(t(d) %*% solve(S[-4, -4]) %*% d)
say(c("stuart_maxwell.chi2", "stuart_maxwell.df", "stuart_maxwell.p"), c(chi2, 3, pchisq(chi2, 3, lower.tail = FALSE)))
gained <- colSums(table) - diag(table)
lost <- rowSums(table) - diag(table)
exact <- mapply(function(a, b) binom.test(a, a + b)$p.value, gained, lost)
say(paste0("mcnemar.", statuses, ".p"), exact)
say(paste0("mcnemar.", statuses, ".p_holm"), p.adjust(exact, "holm"))
half <- qnorm(0.975) * sqrt(gained + lost - (gained - lost)^2 / sum(table))
for (s in statuses) both(paste0("net.", s), gained[s] - lost[s] + c(-1, 1) * half[s])

# The same people twice: here two questions stand for two waves. Paired t, and Wilcoxon without the zeros.
twice <- answers[complete.cases(answers[c("time_1", "time_2")]), ]
paired <- t.test(twice$time_2, twice$time_1, paired = TRUE)
say(c("paired.n", "paired.difference", "paired.p"), c(nrow(twice), paired$estimate, paired$p.value))
both("paired.interval", paired$conf.int)
ranked <- wilcox.test(twice$time_2, twice$time_1, paired = TRUE, exact = FALSE, correct = FALSE)
say(c("paired.wilcoxon.rank_sum", "paired.wilcoxon.p"), c(ranked$statistic, ranked$p.value))

# Distributions, with degrees of freedom that are not whole.
say("t_two_sided.2.3.17.4", 2 * pt(-2.3, 17.4))
say("t_quantile.0.975.6.28", qt(0.975, 6.28))
say("chi2_above.11.3.5", pchisq(11.3, 5, lower.tail = FALSE))
say("f_quantile.0.975.39.117", qf(0.975, 39, 117))
say("binomial_two_sided.7.23", binom.test(7, 23)$p.value)
