#:project ../src/Rift.Mdp/Rift.Mdp.csproj
#:project ../src/Rift.Models/Rift.Models.csproj
#:project ../src/Rift.Theory/Rift.Theory.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;
using Rift.Theory;
using Column = (string Name, double Times, System.Func<double, Rift.Mdp.CertifiedNumber> At);

// # 11. When it fails
//
// Theorems have hypotheses. What happens just outside of them? Here are four processes, none larger than it must be, on which fine-tuning by interventions goes wrong, each in a way of its own.
//
// Most of the failures are tables: what the KL weight $\omega$ does to a few numbers, from $10^6$, where the prior is left as it is, to 0.1, where the supervisor's word is law. A `Column` of such a table has a name, a
// factor by which it is drawn larger, and a certified number for each weight.

SoftPolicyIteration exact = new() { Tolerance = Tolerance.RoundingFloor };
SoftSolution Tune(MarkovDecisionProcess mdp, Policy prior, StateActionTable residual, double weight) =>
    SoftProblem.FineTuning(mdp, prior, residual, weight).Solve(exact);
CertifiedNumber Psi(MarkovDecisionProcess mdp, Policy expert, SoftSolution tuned) =>
    new Imitation(mdp, expert).Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius);
Policy Acts(int states, int actions, double[] probabilities) => Policy.FromProbabilities(new StateActionTable(states, actions, probabilities));

void Print(Column[] columns)
{
    Console.WriteLine("KL weight  " + string.Join("  ", columns.Select(column => $"{column.Name,-15}")).TrimEnd());
    foreach (double weight in new[] { 1e6, 10, 1, 0.1 })
        Console.WriteLine($"{weight,-9}  " + string.Join("  ", columns.Select(column => $"{column.At(weight):6}")));
}

// ## CE1. Clipping
//
// By section 5.1 the residual $\alpha \log (\pi^{\ast}/\pi_0)$ turns the prior into the expert, exactly. A button cannot say that much; it can say $\phi = \mathrm{clip}(\alpha \log (\pi_0/\pi^{\ast}), 0, 1)$. At the start of this process
// one action leads through a corridor of $n$ states to the goal, and the other ends. In the corridor both actions advance. The expert goes for the goal with probability 0.9 and is indifferent in the corridor; the prior
// does the same, but for a habit: there it takes the first action with probability 0.53.

MarkovDecisionProcess Corridor(int n, double discount)
{
    TransitionKernelBuilder kernel = new(n + 2, 2);
    kernel.Add(0, 0, 1, 1).Add(0, 1, n + 1, 1).Add(n + 1, 0, n + 1, 1);
    for (int s = 1; s <= n; s++) kernel.Add(s, 0, s + 1, 1).Add(s, 1, s + 1, 1);
    return new(kernel.Build(), StateActionTable.Constant(n + 2, 2, 0), [1, .. new double[n + 1]], discount);
}

Policy Walker(int n, double habit) => Policy.FromProbabilities(StateActionTable.Create(n + 2, 2, (s, a) =>
    s == 0 ? 0.9 - (0.8 * a) : s > n ? 1 - a : 0.5 + (habit * (1 - (2 * a)))));
CertifiedNumber Arrives(int n, double least, double most, double discount = 0.999)
{
    Policy expert = Walker(n, 0), prior = Walker(n, 0.03);
    StateActionTable residual = expert.LogProbabilities.Zip(prior.LogProbabilities, (e, p) => double.IsInfinity(p) ? 0 : Math.Clamp(e - p, least, most));
    SoftSolution tuned = Tune(Corridor(n, discount), prior, residual, 1);
    return new(tuned.Policy.Probability(0, 0), 1.01 * tuned.Certificate.LogPolicyRadius);
}

int[] lengths = [1, 2, 5, 10, 20, 50, 100, 200];
foreach (int n in lengths) Console.WriteLine($"length {n,3}  P(goal): exact {Arrives(n, -1, 1):6}  clipped {Arrives(n, -1, 0):6}");

// The penalty for the favoured action stays and the compensation of the other is cut off, so each corridor state costs $-\log 0.97$ for nothing. The habit is worth next to nothing in nats (second order), the cost is first
// order and adds up along the corridor, until the goal is not worth the way.
//
// ## CE2. A trap that nobody complains of
//
// From the start: straight to the goal; a gamble that reaches it with probability 0.6; or into a trap. In the trap one action leads to the goal, and two stay. The rule (11) with $B = 0.2$ stops the gamble and nothing
// else: a step in the trap costs the *expert* next to nothing, for it would leave at once. The prior would not. The reward is the probability of reaching the goal, so returns are probabilities of success before a
// time-out, which comes after each step with probability 0.01.

MarkovDecisionProcess trap = new(new TransitionKernelBuilder(4, 3)
    .Add(0, 0, 2, 1).Add(0, 1, 2, 0.6).Add(0, 1, 3, 0.4).Add(0, 2, 1, 1).Add(1, 0, 2, 1).Add(1, 1, 1, 1).Add(1, 2, 1, 1)
    .Add(2, 0, 2, 1).Add(3, 0, 3, 1).Build(), new StateActionTable(4, 3, [1, 0.6, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]), [1, 0, 0, 0], 0.99);
Policy gambler = Acts(4, 3, [0.05, 0.70, 0.25, 0.002, 0.499, 0.499, 1, 0, 0, 1, 0, 0]);
SoftSolution greedy = new SoftProblem(trap, temperature: 0).Solve();
StateActionTable loss = QGapRule.Gap(greedy, ExpertReading.Mode);
SoftSolution Obedient(double weight, double threshold = 0.2) => Tune(trap, gambler, -QGapRule.Interventions(loss, threshold), weight);

// A discounted average errs by its linear solve, and because $\log \pi$ is known up to a radius only: a policy that is off by $e$ moves the visits by $e/(1-\gamma)$ at most.

CertifiedNumber Average(StateActionTable table, SoftSolution tuned, double scale)
{
    CertifiedNumber mean = Visitation.Of(tuned.Problem.Mdp, tuned.Policy).Average(table);
    double moved = 1.01 * tuned.Certificate.LogPolicyRadius / (1 - tuned.Problem.Mdp.Discount);
    return new(scale * mean.Value, scale * (mean.ErrorBound + (table.MaxAbs() * moved)));
}

CertifiedNumber Success(SoftSolution tuned) => Average(trap.Reward, tuned, 1 / (1 - trap.Discount));
Column[] trapped = [("Psi", 10, w => Psi(trap, greedy.Policy, Obedient(w))), ("success", 1, w => Success(Obedient(w)))];
Print(trapped);

// $\Psi$ falls, as [F5](../../docs/theorems/F5.md) promises, and success falls from 0.51 to 0.30. What is promised is imitation, weighted by where the *expert* goes. It never is in the trap.
//
// ## CE3. A step too far
//
// One state, three actions, no future. Expert $(0.6, 0.3, 0.1)$, prior $(0.5, 0.4, 0.1)$. The prior takes action 1 too often, and just that is stopped: $\langle \phi, \mu^{\pi_0} - \mu^{\ast} \rangle = 0.1 > 0$, so the slope is right.

MarkovDecisionProcess once = Bandit.Create([0, 0, 0], discount: 0);
Policy wanted = Acts(1, 3, [0.6, 0.3, 0.1]), given = Acts(1, 3, [0.5, 0.4, 0.1]);
Column[] overdone = [("Psi", 1, w => Psi(once, wanted, Tune(once, given, new StateActionTable(1, 3, [0, -1, 0]), w)))];
Print(overdone);

// A slope says how $\Psi$ begins to fall, not where it ends. This expert takes action 1 three times in ten: a supervisor who stops the expert too must not be obeyed to the letter.
//
// ## CE4. Fewer stops, more often
//
// From the start $a$ leads, with probability 0.1, to a place where every step is stopped; $b$ is stopped once and then safe; $c$, the expert's, is never stopped. The prior nearly always takes $a$.

MarkovDecisionProcess fork = new(new TransitionKernelBuilder(3, 3)
    .Add(0, 0, 1, 0.1).Add(0, 0, 2, 0.9).Add(0, 1, 2, 1).Add(0, 2, 2, 1).Add(1, 0, 1, 1).Add(2, 0, 2, 1).Build(),
    StateActionTable.Constant(3, 3, 0), [1, 0, 0], 0.99);
Policy hasty = Acts(3, 3, [0.9899, 0.01, 0.0001, 1, 0, 0, 1, 0, 0]);
StateActionTable stopped = new(3, 3, [0, 1, 0, 1, 0, 0, 0, 0, 0]);
SoftSolution Careful(double weight) => Tune(fork, hasty, -stopped, weight);
CertifiedNumber AnyStop(SoftSolution tuned) =>
    EpisodeEvaluation.StopProbability(fork, tuned.Policy, stopped, TimeLimit.FixedHorizon, 3, tuned.Certificate.LogPolicyRadius);
Column[] rates = [("Psi", 10, w => Psi(fork, Policy.Deterministic([2, 0, 0], 3), Careful(w))),
    ("any stop", 1, w => AnyStop(Careful(w))), ("rate", 10, w => Average(stopped, Careful(w), 1))];
Print(rates);

// $\Psi$ and the discounted rate $\langle \phi, \mu \rangle$ fall all the way. The share of episodes with any stop, which is what gets plotted, rises ninefold in between: one sure stop is cheaper than a small chance
// of a hundred. A rule that says "the stop rate" must say which.

double[] weights = [.. Enumerable.Range(0, 41).Select(i => Math.Pow(10, -1 + (i / 20.0)))];
ChartSeries Line(string name, int color, IEnumerable<double> at, Func<double, double> height) =>
    new(name, (ChartColor)color, [.. at.Select(x => new ChartPoint(x, height(x)))]);
ChartSeries Drawn(Column column, int i) =>
    Line((column.Times > 1 ? $"{column.Times} × " : "") + column.Name.Replace("Psi", "Ψ"), i + 1, weights, w => column.Times * column.At(w).Value);
ChartSeries Walk(string name, int color, double most) => Line(name, color, lengths.Select(n => (double)n), n => Arrives((int)n, -1, most).Value);
ChartPanel Panel(string title, string upward, Column[] columns) =>
    new(title, "KL weight, in e-stops per nat", upward) { Series = [.. columns.Select(Drawn)] };
ChartPanel clipping = new("CE1: clipping", "length of the corridor, in states", "probability of arriving") { Series = [Walk("exact", 1, 1), Walk("clipped", 2, 0)] };
ChartPanel tooFar = Panel("CE3: a step too far", "Ψ, in nats", overdone) with { IsLogUpward = true, Levels = [new("prior", ChartColor.Muted, overdone[0].At(1e6).Value)] };
ChartPanel[] above = [clipping, Panel("CE2: a trap", "probability, or nats", trapped)], below = [tooFar, Panel("CE4: which rate?", "probability, or nats", rates)];
ChartFigure.Of(new Chart("11", "Four ways to fail", "small weights obey the supervisor, large ones keep the prior", [above, below]))
    .SaveBeside("rendered/figures/11-when-it-fails.svg");

// ## Exercises
//
// 1. What does the corridor cost, seen from its start? Predict P(goal) for other discounts by hand. (Without a future, in a bandit, clipping never hurts.)
// 2. CE3: at which weight is $\Psi$ smallest? [F6](../../docs/theorems/F6.md): where the tuned policy is stopped exactly as often as the expert, $\langle \phi, \mu \rangle = 0.3$. Compute it by hand, then check it.
// 3. CE2: what does the supervisor have to do?
//
// <details><summary>Solutions</summary>
//
// 1. $-\log 0.97 \sum_{t=1}^{n} \gamma^t$ nats, which come off the log-odds of the goal, $\log 9$.
// 2. $\frac{0.4 e^{-1/\omega}}{0.6 + 0.4 e^{-1/\omega}} = 0.3$ gives $e^{-1/\omega} = \frac{9}{14}$, $\omega = 1/\log \frac{14}{9} = 2.263$. Some $\Psi$ is left, for one number cannot set two probabilities.
// 3. Stop what keeps the *prior* from the goal, small as the loss is to the expert: with $B = 0.005$ staying in the trap is stopped, too.

double ByHand(double discount) => 9 / (9 + Math.Exp(-Math.Log(0.97) * Enumerable.Range(1, 100).Sum(t => Math.Pow(discount, t))));
foreach (double discount in new[] { 0, 0.9, 0.99, 0.999 })
    Console.WriteLine($"1. discount {discount,-5}  P(goal), length 100: {Arrives(100, -1, 0, discount):6}, by hand {ByHand(discount):F6}");
double match = 1 / Math.Log(14.0 / 9);
foreach (double weight in new[] { match / 1.1, match, match * 1.1 }) Console.WriteLine($"2. weight {weight:F3}  Psi {overdone[0].At(weight):6}");
Console.WriteLine($"3. success with B = 0.005 at weight 0.1: {Success(Obedient(0.1, 0.005)):6}");

// </details>
