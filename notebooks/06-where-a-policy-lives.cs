#:project ../src/Rift.Models/Rift.Models.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;

// # 6. Where a policy lives
//
// Where does a policy spend its time, and what has that to do with what states are worth?
//
// Let $\rho_t$ be the distribution of the state after $t$ steps, (4). The *visitation* is its discounted average,
//
// $$
// \rho = (1-\gamma) \sum_t \gamma^t \rho_t, \qquad \mu(s,a) = \rho(s) \pi(a \mid s).
// $$
//
// It sums to one: $\rho(s)$ is the probability of finding the agent in $s$ if one looks after a random number of steps. Each step multiplies by the transition matrix $P_\pi$ from the right, $\rho_{t+1} = \rho_t P_\pi$, so the
// sum is a geometric series, and the solution of one linear system. So is the value of the policy, whose reward in a state is $r_\pi(s) = \sum_a \pi(a \mid s) r(s,a)$:
//
// $$
// (I - \gamma P_\pi)^{\top} \rho = (1-\gamma) d, \qquad (I - \gamma P_\pi) V = r_\pi .
// $$
//
// One matrix and its transpose. The value flows backward from the rewards, the visitation forward from the start. In the four rooms, with pits (X) and a goal (G):

MarkovDecisionProcess mdp = GridWorld.FourRooms.ToModel();
foreach (string row in mdp.Description.Grid!.Map) Console.WriteLine(row);
SoftSolution solution = new SoftProblem(mdp, temperature: 0.002).Solve();
Policy policy = solution.Policy;

double[] start = mdp.Initial.ToArray();
double Reward(int s, int a) => mdp.IsAvailable(s, a) ? policy.Probability(s, a) * mdp.Reward[s, a] : 0;
double[] reward = [.. Enumerable.Range(0, mdp.States).Select(s => Enumerable.Range(0, mdp.Actions).Sum(a => Reward(s, a)))];
DiscountedSolve solve = new(mdp, policy);
CertifiedVector value = solve.Solve(reward), visits = solve.SolveTransposed(start);

// The bounds come from the residual of what was computed: in the largest entry for $V$, in the sum of all entries for $\rho$. Each vector alone gives the return $J$ of the policy, the sum of all rewards it will earn:
//
// $$
// J = \langle d, V \rangle = \frac{1}{1-\gamma} \langle \rho, r_\pi \rangle = \frac{1}{1-\gamma} \langle \mu, r \rangle,
// $$
//
// because both sides are $d (I - \gamma P_\pi)^{-1} r_\pi$, multiplied out from the right or from the left.

double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();
CertifiedNumber byValue = new(Dot(start, value.Values), value.ErrorBound);
CertifiedNumber byVisits = new(Dot(visits.Values, reward), visits.ErrorBound * reward.Max(Math.Abs));
Visitation visitation = Visitation.Of(mdp, policy);
CertifiedNumber average = visitation.Average(mdp.Reward);
CertifiedNumber byPairs = new(average.Value / (1 - mdp.Discount), average.ErrorBound / (1 - mdp.Discount));
Console.WriteLine($"<d, V>           {byValue:10}\n<rho, r>/(1-g)   {byVisits:10}\n<mu, r>/(1-g)    {byPairs:10}");

// `Visitation.Of` is that transposed solve with the factor $1-\gamma$. It satisfies the flow equation: who is here has just started, or has come from somewhere,
//
// $$
// \rho(s') = (1-\gamma) d(s') + \gamma \sum_{s,a} T(s' \mid s,a) \mu(s,a),
// $$
//
// and the series adds up to it. What is missing after $n$ steps is the weight of all later ones, exactly $\gamma^n$, wherever they lead.

double[] rho = visitation.States.Values, inflow = mdp.Kernel.Push(visitation.Pairs);
double Leak(int s) => Math.Abs(rho[s] - ((1 - mdp.Discount) * start[s]) - (mdp.Discount * inflow[s]));
Console.WriteLine($"the flow equation holds within 1e-12: {Enumerable.Range(0, mdp.States).Max(Leak) < 1e-12}");
double[][] perStep = Visitation.PerStep(mdp, policy, 1000);
double[] sum = new double[mdp.States];
Console.WriteLine("steps  sum of |partial sum - rho|");
for (int t = 0; t < perStep.Length; t++)
{
    for (int s = 0; s < sum.Length; s++) sum[s] += (1 - mdp.Discount) * Math.Pow(mdp.Discount, t) * perStep[t][s];
    if (t + 1 is not (10 or 100 or 1000)) continue;
    double missing = sum.Zip(rho, (x, y) => Math.Abs(x - y)).Sum();
    Console.WriteLine($"{t + 1,5}  {missing:F6}, and gamma to that power {Math.Pow(mdp.Discount, t + 1):F6}");
}

CertifiedNumber Rho(int state) => new(rho[state], visitation.States.ErrorBound);
int At(int row, int column) => mdp.Description.Grid.CellOfState.ToList().IndexOf((row * 11) + column);
int end = mdp.States - 1;
Console.WriteLine($"rho of the end {Rho(end):9}, the door below {Rho(At(5, 1)):9}, the door on the right {Rho(At(2, 5)):9}");

// Four fifths of the discounted time lie behind the end of the episode, a state of its own that is not on the map. On the map the scale is logarithmic: seven eighths of the flow leave the first room by the door below,
// one eighth by the door on the right. The policy is defined everywhere; the visitation tells where that matters. In the bottom left corner it practically does not.

MapPanel forward = new("ρ: forward from the start", "ρ(s)", mdp, rho) { IsLogarithmic = true };
MapPanel backward = new("V: backward from the rewards", "V(s)", mdp, value.Values) { Policy = policy };
MapFigure.Of(
    "Where a policy lives, and what it is worth there",
    "four rooms, soft-optimal policy at temperature 0.002, discount 0.99",
    forward, backward).SaveBeside("rendered/figures/06-where-a-policy-lives.svg");

// ## Exercises
//
// 1. Let $T$ be the length of an episode. Show that $\rho(\text{end}) = \mathrm{E} \gamma^T$. What does the 0.805 say about the mean of $T$?
// 2. Raise the reward of one pair, going down at the start, by a little. How fast does $J$ rise while the policy stays as it is? And how fast does the soft-optimal value $\sum_s d(s) V(s)$ rise, whose policy adapts?
// 3. Given $\mu$ alone, find the policy. Where does that fail?
//
// <details><summary>Solutions</summary>
//
// 1. From step $T$ on the agent is in the end, and $(1-\gamma) \sum_{t \ge T} \gamma^t = \gamma^T$. The function $\gamma^T$ of $T$ is convex, so $\mathrm{E} \gamma^T \ge \gamma^{\mathrm{E} T}$ (Jensen): the mean is at
//    least $\log 0.805/\log \gamma$. It is only a little more, for most episodes are about equally long.
// 2. Both at $\mu(s,a)/(1-\gamma)$. $J = \langle \mu, r \rangle/(1-\gamma)$ is linear in the reward, and in the optimum the policy's own change does nothing to first order (notebook 1, exercise 2). So the visitation is the
//    gradient of the soft-optimal value with respect to the reward; notebook 8 builds on it.
// 3. $\pi = \mu/\rho$, wherever $\rho > 0$. Of states that are never visited $\mu$ says nothing. `Visitation.PolicyOf` puts the uniform policy there.

StateActionTable nobody = StateActionTable.Constant(mdp.States, mdp.Actions, 0);
CertifiedNumber length = EpisodeEvaluation.Of(mdp, policy, nobody, TimeLimit.FixedHorizon, horizon: 10_000).Length;
Console.WriteLine($"1. mean length at least {Math.Log(rho[end]) / Math.Log(mdp.Discount):F4}, exactly {length:6}");
int from = Array.IndexOf(start, 1.0), down = mdp.Description.ActionLabels!.ToList().IndexOf("down");
MarkovDecisionProcess Raised(double step) =>
    mdp.WithReward(StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => mdp.Reward[s, a] + (s == from && a == down ? step : 0)));
SoftPolicyIteration sharp = new() { Tolerance = Tolerance.RoundingFloor };
double Optimal(double step) => new SoftProblem(Raised(step), 0.002).Solve(sharp).Objective;
double J(double step) => Objective.MaximumEntropy(Raised(step), policy, temperature: 0).Value;
double share = visitation.Pairs[from, down] / (1 - mdp.Discount), rate = (Optimal(1e-5) - Optimal(-1e-5)) / 2e-5;
Console.WriteLine($"2. mu/(1-g) {share:F6}, J {J(1) - J(0):F6}, optimum {rate:F6}");
Policy back = Visitation.PolicyOf(visitation.Pairs, mdp.Kernel);
double off = (back.Probabilities - policy.Probabilities).MaxAbs();
Console.WriteLine($"3. pi off by less than 1e-12: {off < 1e-12}; least rho on the map {rho.Min():0.0e+00}");

// </details>
