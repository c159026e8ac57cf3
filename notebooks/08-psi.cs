#:project ../src/Rift.Mdp/Rift.Mdp.csproj
#:project ../src/Rift.Theory/Rift.Theory.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Plots;
using Rift.Theory;

// # 8. Psi: gradient, Hessian, convexity
//
// An expert acts by $\pi^{\ast}$. You believe in a reward $\hat r$ whose soft optimum $\hat\pi$ is something else. How wrong are you, in which direction should $\hat r$ move, and how far?
//
// Equation (9) measures how wrong, in nats, where the expert goes:
//
// $$
// \Psi(\hat r) = \sum_s \rho^{\ast}(s) \mathrm{KL}\big(\pi^{\ast}(s) \Vert \hat\pi(s)\big).
// $$
//
// Three states and two actions are enough. The process is the one of the [theorem pages](../../docs/theorems/README.md#given).

const double alpha = 0.5;
TransitionKernel kernel = new TransitionKernelBuilder(3, 2)
    .Add(0, 0, 1, 0.8).Add(0, 0, 0, 0.2).Add(0, 1, 2, 0.5).Add(0, 1, 0, 0.5)
    .Add(1, 0, 1, 1).Add(1, 1, 0, 0.7).Add(1, 1, 2, 0.3)
    .Add(2, 0, 0, 1).Add(2, 1, 2, 0.9).Add(2, 1, 1, 0.1).Build();
StateActionTable believed = new(3, 2, [0, 0.3, 1, 0.2, 0, -0.5]), hidden = new(3, 2, [0.2, -0.4, 0, 0.5, -1, 0.5]); // rhat, r*
MarkovDecisionProcess process = new(kernel, believed, initial: [0.6, 0, 0.4], discount: 0.9);

SoftPolicyIteration exact = new() { Tolerance = Tolerance.RoundingFloor };
SoftSolution Solve(StateActionTable reward) => new SoftProblem(process.WithReward(reward), alpha).Solve(exact);
SoftSolution solved = Solve(believed);
Policy expert = Solve(hidden).Policy, candidate = solved.Policy;
Visitation where = Visitation.Of(process, expert), whereCandidate = Visitation.Of(process, candidate);

double psi = 0;
for (int s = 0; s < 3; s++) psi += where.States.Values[s] * expert.Divergence(candidate, s);
Console.WriteLine($"Psi by (9)       {psi:F10}");
Imitation imitation = new(process, expert);
Console.WriteLine($"Psi, certified   {Psi(believed):10}");

CertifiedNumber Psi(StateActionTable reward)
{
    SoftSolution solution = Solve(reward);
    return imitation.Psi(solution.Policy, solution.Certificate.LogPolicyRadius);
}

// ## The gradient is a difference of visitations
//
// Theorem 5.1, equation (10):
//
// $$
// \frac{\partial \Psi}{\partial \hat r(s,a)} = \frac{1}{\alpha} \big( \mu^{\hat\pi}(s,a) - \mu^{\ast}(s,a) \big).
// $$
//
// Pay less for what you do more often than the expert. No derivative of a solver is needed: one linear solve, the transpose of policy evaluation, gives all entries at once. Differences of re-solved problems
// need two soft solves for each entry, and err by their step; here are both.

const double step = 1e-4;
StateActionTable gradient = (whereCandidate.Pairs - where.Pairs) / alpha;
double moved = 1.01 * solved.Certificate.LogPolicyRadius / (1 - process.Discount); // log pi is known up to a radius: so far the visits may move
double error = (whereCandidate.PairsErrorBound + moved + where.PairsErrorBound) / alpha;
Console.WriteLine("s a  formula                central difference");
foreach ((int s, int a) in new[] { (0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1) })
{
    StateActionTable unit = StateActionTable.Create(3, 2, (i, j) => i == s && j == a ? 1 : 0);
    double difference = (Psi(believed + (step * unit)).Value - Psi(believed - (step * unit)).Value) / (2 * step);
    Console.WriteLine($"{s} {a}  {new CertifiedNumber(gradient[s, a], error),21:10}  {difference,11:F8}");
}

// The entries sum to zero: a reward that pays the same everywhere teaches nothing.
//
// ## The Hessian is a variance
//
// Move the reward along $h$. Let $Q_h$ be what $\hat\pi$ collects of $h$ (no entropy), and $A_h$ its advantage. Then ([F2](../../docs/theorems/F2.md))
//
// $$
// \langle h, \nabla^2 \Psi h \rangle = \frac{1}{\alpha^2} \sum_s \rho^{\hat\pi}(s) \mathrm{Var}_{a \sim \hat\pi(s)}\big[ Q_h(s,a) \big] = \frac{1}{\alpha^2} \sum_{s,a} \mu^{\hat\pi}(s,a) A_h(s,a)^2.
// $$
//
// A variance is never negative, so **$\Psi$ is convex in the reward** ([F1](../../docs/theorems/F1.md)): no local minima, and no tangent that promises too little. It is zero along $h = F - \gamma E F$ for any function $F$ of the
// states, for then $Q_h(s,a) = F(s)$ whatever the action. That is shaping, which no behaviour can reveal.

PsiHessian hessian = new(process, candidate, alpha);
double[] potential = [1, -1, 2];
StateActionTable towards = hidden - believed, ahead = kernel.Expect(potential);
StateActionTable shaping = StateActionTable.Create(3, 2, (s, a) => potential[s] - (process.Discount * ahead[s, a]));
Console.WriteLine("direction        slope               curvature            curvature by hand");
foreach ((string name, StateActionTable h) in new[] { ("towards r*", towards), ("down the slope", -gradient), ("shaping", shaping) })
{
    StateActionTable advantage = new Jacobian(process, candidate).Advantage(h);
    double byHand = whereCandidate.Pairs.InnerProduct(advantage.Map(x => x * x)) / (alpha * alpha);
    CertifiedNumber slope = new(gradient.InnerProduct(h), h.MaxAbs() * error);
    Console.WriteLine($"{name,-14}  {slope,18:8}  {hessian.Curvature(h, h),18:8}  {byHand,12:F8}");
}

// The figure walks along these three lines, each drawn to the length of the first. Every curve is convex and lies above its tangent.

double Length(StateActionTable h) => Math.Sqrt(h.InnerProduct(h));
double[] walk = [.. Enumerable.Range(-20, 101).Select(i => i / 50.0)];
ChartSeries Line(string name, ChartColor color, Func<double, double> height) =>
    new(name, color, [.. walk.Select(t => new ChartPoint(t, height(t)))]);
ChartSeries Along(string name, ChartColor color, StateActionTable h) =>
    Line(name, color, t => Psi(believed + (t * Length(towards) / Length(h) * h)).Value);
double atStart = Psi(believed).Value, descent = gradient.InnerProduct(towards);
ChartPanel panel = new("", "distance moved from r̂, in distances from r̂ to r*", "Ψ, in nats")
{
    IsLinearAcross = true, Bottom = -2.5, Top = 3,
    Series =
    [
        Along("towards r*", ChartColor.Blue, towards),
        Line("its tangent", ChartColor.Muted, t => atStart + (t * descent)),
        Along("down the gradient", ChartColor.Vermilion, -gradient),
        Along("along a shaping", ChartColor.Green, shaping),
    ],
};
ChartFigure.Of("Ψ is convex in the reward, and flat along shaping", "three states, two actions, discount 0.9, temperature 0.5", panel)
    .SaveBeside("rendered/figures/08-psi.svg");

// Blue ends at zero, where the expert's reward is. Down the gradient $\Psi$ falls fastest at first, but that is not the way there. The tangent promises more than there is, even a negative $\Psi$: a first-order estimate is always
// too optimistic, and how far to go is a question of curvature.
//
// ## Exercises
//
// 1. The curvature is at most $L = \frac{1}{\alpha^2 (1-\gamma)}$ along any $h$ of length 1 ([F3](../../docs/theorems/F3.md)). So the step $-\nabla \Psi / L$ can never overshoot. How many such steps bring $\Psi$ below $10^{-3}$? How many does
// Newton's method need?
// 2. Newton's method finds a reward with $\Psi = 0$. Is it the expert's? What is the difference?
// 3. Nothing above needed an expert who is optimal for anything. Let the expert always take action 0. Can $\Psi$ be brought to zero?
//
// <details><summary>Solutions</summary>
//
// 1. $L = 40$, and the largest curvature on the way is far smaller: safe steps are short. Newton's method takes the curvature from the Hessian.
// 2. The rewards differ, and the difference is a shaping: its advantage is zero in every pair, so it changes no decision.
// 3. No. It takes infinite rewards: $\Psi$ falls for ever, and is never zero. (The paper's "clearly $\pi^{\ast} = \mathrm{argmin} \Psi$" needs an expert that sometimes takes every action; [errata](../../docs/errata.md), 7.)

StateActionTable reward = believed;
int steps = 0;
for (double smoothness = 1 / (alpha * alpha * (1 - process.Discount)); Psi(reward).Value > 1e-3; steps++)
    reward -= imitation.Gradient(Visitation.Of(process, Solve(reward).Policy), alpha) / smoothness;
DescentReport newton = new ImitationDescent { Tolerance = 1e-12 }.Run(imitation, alpha, believed);
int few = newton.History.TakeWhile(psi => psi.Value > 1e-3).Count();
Console.WriteLine($"1. {steps} safe steps; Newton: {few}, and {newton.History.Count - 1} until Psi is proved to be below 1e-12");

StateActionTable apart = newton.Reward - hidden, unseen = new Jacobian(process, candidate).Advantage(apart);
Console.WriteLine($"2. the rewards differ by up to {apart.MaxAbs():F3}, the advantage of the difference is up to {unseen.MaxAbs():F5}");

Imitation stubborn = new(process, Policy.Deterministic([0, 0, 0], actions: 2));
foreach (double pay in new[] { 1, 2, 4, 8 })
{
    SoftSolution paid = Solve(StateActionTable.Create(3, 2, (s, a) => a == 0 ? pay : 0));
    Console.WriteLine($"3. action 0 paid {pay}: Psi = {stubborn.Psi(paid.Policy, paid.Certificate.LogPolicyRadius):10}");
}

// </details>
