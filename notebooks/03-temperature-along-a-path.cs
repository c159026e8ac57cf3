#:project ../src/Rift.Mdp/Rift.Mdp.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Mdp;
using Rift.Plots;

// # 3. Temperature along a path
//
// A hotter policy earns less and is more random. Is that true? And is it true in every state?
//
// The objective (1) is a sum of two parts, return and entropy, $J_{ME}(\pi) = J(\pi) + \alpha H(\pi)$ with
//
// $$
// J(\pi) = \mathrm{E} \sum_t \gamma^t r(s_t, a_t), \qquad H(\pi) = \mathrm{E} \sum_t \gamma^t H(\pi(s_t)).
// $$
//
// Let $\pi$ and $\pi'$ be optimal for the temperatures $\alpha < \alpha'$. Neither beats the other at the other's own temperature:
//
// $$
// J + \alpha H \ge J' + \alpha H', \qquad J' + \alpha' H' \ge J + \alpha' H.
// $$
//
// Add the two, and $(\alpha' - \alpha)(H' - H) \ge 0$ is left: the discounted entropy never falls. Put that into the first: $J - J' \ge \alpha (H' - H) \ge 0$, the return never rises. These are the facts
// [F13](../../docs/theorems/F13.md) and [F14](../../docs/theorems/F14.md). Nothing was said about single states. Here are two of them, with two actions each.

MarkovDecisionProcess mdp = new(
    new TransitionKernelBuilder(2, 2)
        .Add(0, 0, 0, 0.2).Add(0, 0, 1, 0.8).Add(0, 1, 0, 1)
        .Add(1, 0, 1, 1).Add(1, 1, 0, 0.4).Add(1, 1, 1, 0.6).Build(),
    reward: new StateActionTable(2, 2, [-2.3, 0.2, 0.6, 0.5]), initial: [0.5, 0.5], discount: 0.9);

// In state 0, action 0 costs 2.3 and leads to the better state 1, mostly; action 1 earns 0.2 and stays. In state 1, action 0 stays, and action 1 may fall back. A path of temperatures is solved in one go, each problem from the values of the one before.

double[] temperatures = [.. Enumerable.Range(0, 81).Select(i => 0.1 * Math.Pow(2, i / 16.0))];
SoftProblem[] problems = [.. temperatures.Select(temperature => new SoftProblem(mdp, temperature))];
SoftSolution[] path = new ValueIteration().SolvePath(problems);

CertifiedNumber Return(SoftSolution solution) => Objective.MaximumEntropy(mdp, solution.Policy, temperature: 0);
CertifiedNumber Entropy(SoftSolution solution)
{
    Visitation visitation = Visitation.Of(mdp, solution.Policy);
    return visitation.Average(solution.Policy.LogProbabilities.Map(log => -log)); // per decision: (1 - gamma) H
}

Console.WriteLine("temperature  return            entropy per decision   in state 0  in state 1");
for (int i = 0; i < path.Length; i += 16)
{
    Policy policy = path[i].Policy;
    Console.WriteLine($"{temperatures[i],11}  {Return(path[i]),-16:6}  {Entropy(path[i]),-21:6}  {policy.Entropy(0),10:F6}  {policy.Entropy(1),10:F6}");
}
double radius = path.Max(solution => solution.Certificate.LogPolicyRadius);
Console.WriteLine($"all log-probabilities within 1e-8 of the optimal ones: {radius < 1e-8}");

// Return falls and entropy rises all the way, as proved. But in state 0 the entropy *falls* first, from 0.684 to 0.588, and only then rises: who is paid more for being random is less random there. Two effects
// pull in opposite directions. The preference for an action is a difference of $Q$ over $\alpha$, and a larger $\alpha$ flattens it. But $Q$ holds the entropy to come, and changes as well:
//
// $$
// Q(0,0) - Q(0,1) = -2.5 + 0.8 \gamma (V(1) - V(0)).
// $$

Console.WriteLine("temperature  V(1) - V(0)  Q(0,0) - Q(0,1)  over alpha");
for (int i = 0; i < path.Length; i += 16)
{
    double advantage = path[i].Values[1] - path[i].Values[0], preference = path[i].Q[0, 0] - path[i].Q[0, 1];
    Console.WriteLine($"{temperatures[i],11}  {advantage,11:F6}  {preference,15:F6}  {preference / temperatures[i],10:F6}");
}

// Cold, getting away and staying are almost equally good. That makes state 0 a fine place for who is paid for entropy: to be random there costs nothing, while in state 1 it risks the way back. So with the
// temperature state 1 loses its advantage, staying becomes the clear choice, and up to $\alpha \approx 0.4$ the preference grows faster than the temperature. What "the entropy of a policy" means has to be said:
// averaged over where the policy goes it rises; state by state it need not. The command `rift refute hotter-is-more-random` finds such processes by itself.

ChartSeries Line(string name, ChartColor color, Func<SoftSolution, double> y) =>
    new(name, color, [.. path.Select((solution, i) => new ChartPoint(temperatures[i], y(solution)))]);
ChartPanel earned = new("", "temperature α, in units of reward", "return J, in units of reward")
{
    Series = [Line("", ChartColor.Blue, solution => Return(solution).Value)], Top = 4.5,
};
ChartPanel random = new("", "temperature α, in units of reward", "entropy of a decision, in nats")
{
    Series =
    [
        Line("state 0", ChartColor.Vermilion, solution => solution.Policy.Entropy(0)),
        Line("average", ChartColor.Blue, solution => Entropy(solution).Value),
        Line("state 1", ChartColor.Green, solution => solution.Policy.Entropy(1)),
    ],
    Levels = [new ChartLevel("log 2", ChartColor.Muted, Math.Log(2))], Top = 0.75,
};
ChartFigure.Of(
    "Hotter earns less and is more random, but not in every state",
    "soft-optimal policies of two states and two actions, discount 0.9",
    earned, random).SaveBeside("rendered/figures/03-temperature-along-a-path.svg");

// ## Exercises
//
// 1. F13 says more: $\alpha (H' - H) \le J - J' \le \alpha' (H' - H)$, each unit of entropy is bought at a price between the two temperatures. Check it between $\alpha = 0.2$ and $\alpha' = 0.4$.
// 2. Which action of state 0 is the greedy one at temperature 0.1, and does its probability fall as the temperature rises?
// 3. As $\alpha \to \infty$ every policy becomes uniform. What is the return then? Compute it without optimising anything.
//
// <details><summary>Solutions</summary>
//
// 1. The price lies between 0.2 and 0.4, as it must. Remember that $H$ is the entropy per decision over $1 - \gamma$.
// 2. Action 1, to stay. Its probability rises before it falls: the greedy action need not become less likely with the temperature either.
// 3. It is the return of the uniform policy, one linear solve; at $\alpha = 3.2$ the optimal policy is still a little better.

double lost = Return(path[16]).Value - Return(path[32]).Value, gained = Entropy(path[32]).Value - Entropy(path[16]).Value;
Console.WriteLine($"1. return given up for a unit of entropy: {lost / (gained / (1 - mdp.Discount)):F6}");
string stays = string.Join(" ", Enumerable.Range(0, 6).Select(i => $"{path[16 * i].Policy.Probability(0, 1):F4}"));
Console.WriteLine($"2. probability of action 1 in state 0: {stays}");
CertifiedNumber uniform = Objective.MaximumEntropy(mdp, Policy.Uniform(mdp.Kernel), temperature: 0);
Console.WriteLine($"3. uniform {uniform:9}, at 3.2 {Return(path[^1]):9}");

// </details>
