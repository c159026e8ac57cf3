#:project ../src/Rift.Mdp/Rift.Mdp.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Plots;

// # 4. One policy, many rewards
//
// You watch an agent for so long that you know its policy exactly. You know the dynamics, and that it is soft-optimal. What does it want?
//
// Read the soft Bellman equations (12)-(14) backwards. Any table $Q$ is optimal for exactly one reward: $V$ is the log-sum of $Q$, and
//
// $$
// r = Q - \gamma E V, \qquad (E V)(s,a) = \sum_{s'} T(s' \mid s,a) V(s').
// $$
//
// A policy gives $Q$ but for a number in each state, $Q = \alpha \log \pi + V$, and says nothing about that number. So (15)-(17) give one reward for each choice of $V$:
//
// $$
// r = \alpha \log \pi + V - \gamma E V.
// $$
//
// The library calls this `Bijection.RewardOf`; by hand it is one line. Three states, two actions:

const double Alpha = 0.5;
MarkovDecisionProcess mdp = new(
    new TransitionKernelBuilder(3, 2)
        .Add(0, 0, 1, 0.8).Add(0, 0, 0, 0.2).Add(0, 1, 2, 0.5).Add(0, 1, 0, 0.5)
        .Add(1, 0, 1, 1).Add(1, 1, 0, 0.7).Add(1, 1, 2, 0.3)
        .Add(2, 0, 0, 1).Add(2, 1, 2, 0.9).Add(2, 1, 1, 0.1).Build(),
    reward: new StateActionTable(3, 2, [0, 0.3, 1, 0.2, 0, -0.5]), initial: [0.6, 0, 0.4], discount: 0.9);

StateActionTable RewardOf(Policy policy, double[] values)
{
    StateActionTable expected = mdp.Kernel.Expect(values);
    return StateActionTable.Create(3, 2, (s, a) =>
        (Alpha * policy.LogProbability(s, a)) + values[s] - (mdp.Discount * expected[s, a]));
}

SoftProblem problem = new(mdp, Alpha);
SoftSolution watched = problem.Solve();
Policy policy = watched.Policy;

// Three guesses of $V$: the true one, none at all, and one out of thin air. Each reward that follows is solved anew.

(string Name, double[] Values)[] guesses =
    [("the true V", watched.Values.ToArray()), ("V = 0", [0, 0, 0]), ("V = (2, -1, 1)", [2, -1, 1])];
List<SoftSolution> solved = [.. guesses.Select(guess => problem.WithReward(RewardOf(policy, guess.Values)).Solve())];

double Gap(StateActionTable one, StateActionTable other) => (one - other).MaxAbs();

foreach (((string name, _), SoftSolution solution) in guesses.Zip(solved))
{
    double gap = Gap(solution.Policy.LogProbabilities, policy.LogProbabilities);
    IEnumerable<string> r = solution.Problem.Mdp.Reward.Entries.ToArray().Select(x => $"{Math.Round(x, 4) + 0.0,7:F4}");
    IEnumerable<string> v = solution.Values.ToArray().Select(x => $"{new CertifiedNumber(x, solution.Certificate.HalfWidth):6}");
    Console.WriteLine($"{name,-15} r = {string.Join(" ", r)}");
    Console.WriteLine($"{"",-15} V = {string.Join("  ", v)};  log pi off by less than 1e-9: {gap < 1e-9}");
}

// The first line is the reward we started from. The others look nothing like it, their values are exactly the guesses, and the policy is the same to the last digit that is proved. Two rewards of one policy differ by
//
// $$
// r' - r = U - \gamma E U, \qquad U = V' - V,
// $$
//
// which is *potential-based shaping* (Ng, Harada and Russell 1999): $F = \gamma \Phi(s') - \Phi(s)$ in expectation, with the potential $\Phi = -U$. Along a path of states the sum telescopes,
// $\sum_t \gamma^t F = -\Phi(s_0)$, whatever the agent does: it cannot earn more of it by acting otherwise. So no amount of watching tells these rewards apart; what you can learn is a reward up to shaping.

string[] pairs = [.. Enumerable.Range(0, 6).Select(i => $"s{i / 2}\na{i % 2}")];
ChartSeries Points(int guess, ChartColor color, StateActionTable table) =>
    new(guesses[guess].Name.Replace("-", "−"), color, [.. Enumerable.Range(0, 6).Select(i => new ChartPoint(i, table[i]))]);
ChartPanel Panel(string upward, double bottom, double top, params StateActionTable[] tables) => new("", "state and action", upward)
{
    Places = pairs, HasLines = false, Bottom = bottom, Top = top,
    Series =
    [
        Points(0, ChartColor.Blue, tables[0]), Points(1, ChartColor.Vermilion, tables[1]), Points(2, ChartColor.Green, tables[2]),
    ],
};
ChartPanel rewards = Panel("reward r(s,a)", -5, 3, [.. solved.Select(solution => solution.Problem.Mdp.Reward)]);
ChartPanel policies = Panel("probability π(a|s)", 0, 1, [.. solved.Select(solution => solution.Policy.Probabilities)]);
ChartFigure.Of(
    "Three rewards, one policy",
    "three states, two actions, temperature 0.5, discount 0.9; each reward was solved by itself",
    rewards, policies).SaveBeside("rendered/figures/04-one-policy-many-rewards.svg");

// ## Exercises
//
// 1. Value iteration starts from $V = 0$. How many sweeps does it take on the true reward, and how many on the reward that goes with $V = 0$? Why?
// 2. Which potential $\Phi$ shapes the true reward $r$ into $\alpha \log \pi$? Which one shapes $\alpha \log \pi$ into $r$? The paper names a potential below (17); does it have the right sign?
// 3. Suppose an agent with policy $\pi_0$ is fine-tuned by (6), whose base measure is $\log \pi_0$. Find a reward that turns the uniform policy into $\pi$, and check it.
//
// <details><summary>Solutions</summary>
//
// 1. One: the reward $\alpha \log \pi$ has the soft value $\alpha \log \sum_a \pi(a \mid s) = 0$ everywhere, so the start is the solution, and the bracket of the first sweep says so. Shaping with $V$ solves the problem
//    and hides the solution in the reward.
// 2. $\alpha \log \pi = r + \gamma E V - V$, so $\Phi = V$ leads from $r$ to $\alpha \log \pi$, and $\Phi = -V$ back. (17) goes back; the sentence below it says $V^\ast$, which has the [wrong sign](../../docs/errata.md).
// 3. With a base measure $Q = \alpha (\log \pi - \log \pi_0) + V$. Take $V = 0$: the reward $\alpha \log (\pi / \pi_0)$, the difference of the two policies in units of reward.

int Sweeps(SoftSolution solution) => solution.Problem.Solve(new ValueIteration { Tolerance = 1e-9 }).Iterations;
Console.WriteLine($"1. sweeps on the true reward: {Sweeps(solved[0])}, on alpha log pi: {Sweeps(solved[1])}");
StateActionTable shift = StateActionTable.Create(3, 2, (s, _) => watched.Values[s]);
StateActionTable there = mdp.Reward + (mdp.Discount * mdp.Kernel.Expect(watched.Values)) - shift;
Console.WriteLine($"2. r shaped with V is alpha log pi within 1e-9: {Gap(there, Alpha * policy.LogProbabilities) < 1e-9}");
Policy uniform = Policy.Uniform(mdp.Kernel);
StateActionTable residual = Alpha * (policy.LogProbabilities - uniform.LogProbabilities);
SoftSolution tuned = SoftProblem.FineTuning(mdp, uniform, residual, klWeight: Alpha).Solve();
double off = Gap(tuned.Policy.LogProbabilities, policy.LogProbabilities);
Console.WriteLine($"3. log pi off by less than 1e-9: {off < 1e-9}");

// </details>
