import { add, constant, exp, mean, mul, neg, softplus, square, sub, type Tensor } from "@flows/core/ops";

/**
 * How a log-ratio g = log p / q is judged on samples of p and of q; each is least where g is the truth.
 *
 * All are Bregman divergences between the true ratio r* and r = e^g, E_q[f(r*) - f(r) - f'(r)(r* - r)] less what r does not change:
 * - "logistic", f(t) = t log t - (1 + t) log(1 + t): the cross-entropy of the classifier sigmoid(g) that tells p from q;
 * - "least-squares", f(t) = (t - 1)^2 / 2: the squared error of r under q (LSIF);
 * - "kullback-leibler", f(t) = t log t - t: the unnormalised divergence of p from q r (KLIEP).
 *
 * Source: Sugiyama, Suzuki and Kanamori (2012), Density-Ratio Matching under the Bregman Divergence, eq. 4 and section 3.
 */
export type RatioLoss = "logistic" | "least-squares" | "kullback-leibler";

const half = (x: Tensor): Tensor => mul(x, constant(0.5));

/** The losses by name, from g on rows of p and on rows of q. */
export const ratioLosses: Readonly<Record<RatioLoss, (onP: Tensor, onQ: Tensor) => Tensor>> = {
  logistic: (onP, onQ) => add(mean(softplus(neg(onP))), mean(softplus(onQ))),
  "least-squares": (onP, onQ) => sub(half(mean(square(exp(onQ)))), mean(exp(onP))),
  "kullback-leibler": (onP, onQ) => sub(mean(exp(onQ)), mean(onP)),
};
