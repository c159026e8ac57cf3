#:project ../src/Rift.Learning/Rift.Learning.csproj
#:project ../src/Rift.Models/Rift.Models.csproj
#:project ../src/Rift.Plots/Rift.Plots.csproj
using Rift.Experiments;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;

// # 10. E-stops: RIFT against RLIF as a set
//
// A supervisor can do one thing: press the emergency stop. How much of the task is in those stops, and what must you have known before?
//
// The supervisor of equation (11) stops an action that is worth more than $B$ less than the best, $\phi(s,a) = 1[ V^{\ast}(s) - Q^{\ast}(s,a) > B ]$, and says nothing else. The lake is slippery; the expert crosses it
// in 200 steps with probability 0.863.

const int horizon = 200;
Expert expert = Expert.Of(WorldCatalog.Create("frozenlake:8x8"));
MarkovDecisionProcess lake = expert.Mdp;
double[] thresholds = [0.005, 0.03, 0.157];
StateActionTable loss = QGapRule.Gap(expert.Solution, ExpertReading.Mode); // V* - Q*
StateActionTable Stops(double threshold) => QGapRule.Interventions(loss, threshold, tie: 1e-10);
EpisodeEvaluation Episodes(Policy policy, StateActionTable phi, double radius = 0) =>
    EpisodeEvaluation.Of(lake, policy, phi, TimeLimit.FixedHorizon, horizon, radius);
CertifiedNumber Success(Policy policy, double radius = 0) => Episodes(policy, Stops(0), radius).Success!.Value;

// ## RLIF is a set
//
// Take $-\phi$ for a reward and forget all else: that is RLIF, equation (6) at $\omega = 0$. Wherever some action is not stopped, the best value is $V = 0$, and **every** policy that keeps to the actions
// $A_\phi(s) = \lbrace a : \phi(s,a) = 0 \rbrace$ attains it ([F7](../../docs/theorems/F7.md)). How many are there, and how differently do they fare? Count the deterministic ones. The least and the largest success over
// all, also those that change with time, is a backward recursion over the steps left: here by hand, and beside it by the library, which proves its error.

int[] Spared(StateActionTable phi, int s) => [.. Enumerable.Range(0, lake.Actions).Where(a => lake.IsAvailable(s, a) && phi[s, a] == 0)];
double ByHand(StateActionTable phi, int sign)
{
    double[] value = new double[lake.States];
    for (int left = 1; left <= horizon; left++)
    {
        StateActionTable ahead = lake.Kernel.Expect(value), reached = lake.Description.Success!;
        for (int s = 0; s < lake.States; s++) value[s] = Spared(phi, s).Max(a => (sign * reached[s, a]) + ahead[s, a]);
    }

    return sign * value[0]; // the start is state 0
}

Console.WriteLine("B      pairs stopped  policies left  least success           largest");
SoftSolution[] rlif = [.. thresholds.Select(B => new SoftProblem(lake.WithReward(-Stops(B)), temperature: 0).Solve())];
SuccessRange[] ranges = [.. rlif.Select(optimum => SuccessRange.Of(lake, optimum.Policy, horizon)!)];
for (int i = 0; i < 3; i++)
{
    StateActionTable phi = Stops(thresholds[i]);
    double power = Enumerable.Range(0, lake.States).Sum(s => Math.Log10(Spared(phi, s).Length));
    Console.Write($"{thresholds[i],-6} {phi.Sum(),13}  10^{power,-10:F1}  ");
    Console.WriteLine($"{ByHand(phi, -1) + 0.0:F4}  {ranges[i].Least:4}   {ByHand(phi, 1):F4}  {ranges[i].Most:4}");
}

// At the strictest threshold almost any obedient policy does well: there the stops *are* the task. At the others an optimal RLIF policy may never arrive, or do better than the expert (who maximises a
// discounted return, not success in 200 steps). So a number for "RLIF" is a number for a tie rule. Two that one meets: each spared action alike,
// state by state; and the limit of maximum entropy, the most random of all along the way.

foreach ((double threshold, SoftSolution optimum) in thresholds.Zip(rlif))
{
    Policy entropic = SoftProblem.FineTuning(lake, Policy.Uniform(lake.Kernel), -Stops(threshold), klWeight: 0).Solve().Policy;
    Console.WriteLine($"B {threshold,-6} uniform over ties {Success(optimum.Policy):4}   most random {Success(entropic):4}");
}

// ## RIFT chooses by what it knew
//
// RIFT keeps the prior: residual Q-learning with $-\phi$, the optimum of (6) at a KL weight $\omega > 0$. The prior here is a clone of the expert from two demonstrations.

Policy prior = Prior.Cloned(expert, episodes: 2, smoothing: 0.1, horizon, SplittableRandom.Stream(seed: 1, 0));
SoftPolicyIteration exact = new() { Tolerance = Tolerance.RoundingFloor };
SoftSolution Tuned(Policy from, double threshold, double klWeight) => SoftProblem.FineTuning(lake, from, -Stops(threshold), klWeight).Solve(exact);
CertifiedNumber Rift(double threshold, double klWeight)
{
    SoftSolution tuned = Tuned(prior, threshold, klWeight);
    return Success(tuned.Policy, tuned.Certificate.LogPolicyRadius);
}

Console.WriteLine($"prior {Success(prior):4}, expert {Success(expert.Policy):4}");
foreach (double threshold in thresholds)
    Console.WriteLine($"B {threshold,-6} RIFT at KL weight 0.1: {Rift(threshold, 0.1):4}, at 0.01: {Rift(threshold, 0.01):4}");

// In the figure the vermilion band is everything that RLIF may be, with the uniform tie rule as its line; RIFT is one policy for each weight.

double[] weights = [.. Enumerable.Range(0, 41).Select(i => Math.Pow(10, -2 + (i / 10.0)))];
ChartPanel Panel(int i)
{
    ChartPoint All(double w) => new(w, Success(rlif[i].Policy).Value, ranges[i].Least.Value, ranges[i].Most.Value);
    ChartSeries set = new("RLIF, uniform", ChartColor.Vermilion, [All(weights[0]), All(weights[^1])]);
    ChartSeries rift = new("RIFT", ChartColor.Blue, [.. weights.Select(w => new ChartPoint(w, Rift(thresholds[i], w).Value))]);
    return new($"stops beyond a loss of B = {thresholds[i]}", "KL weight ω, in e-stops per nat", "success in 200 steps")
    {
        Series = [set, rift],
        Levels = [new("prior", ChartColor.Muted, Success(prior).Value), new("expert", ChartColor.Green, Success(expert.Policy).Value)],
    };
}

const string parameters = "frozenlake:8x8; prior: a clone of two demonstrations; band: every optimum of RLIF";
ChartFigure.Of(new Chart("10", "What stops say, and what the prior adds", parameters, [[Panel(0)], [Panel(1)], [Panel(2)]]))
    .SaveBeside("rendered/figures/10-rift-and-rlif.svg");

// The fewer the stops, the wider the band, and the more the prior decides. RIFT goes from the prior, on the right, to a policy on the left that is never stopped either. It may go all the way: with a supervisor
// who never stops the expert, a smaller weight never imitates worse ([F5](../../docs/theorems/F5.md)).
//
// ## Exercises
//
// 1. As $\omega \to 0$ RIFT is never stopped, as RLIF is, but it still knows its prior. Is the limit the prior with the stopped actions struck out, state by state? Compare at $B = 0.03$.
// 2. Algorithm 2 repeats: tune, put the result in the place of the prior, tune again. What do five rounds at $\omega = 0.5$ give?
// 3. "Safe but useless": compare, at $B = 0.157$, the probability of any stop and of success for the prior, RIFT at 0.1 and RLIF with uniform ties.
//
// <details><summary>Solutions</summary>
//
// 1. No. The limit also weighs where an action leads: to states in which much of the prior is struck out it goes less often. First no stops, then least divergence *along the way*: $K(s) = -\log \sum_{a \in A_\phi(s)} \pi_0(a \mid s) e^{-\gamma (E K)(s,a)}$.
// 2. One round at $0.1$, to rounding: rounds add up ([F9](../../docs/theorems/F9.md)).
// 3. Both are (almost) never stopped; one of them goes somewhere.

StateActionTable medium = Stops(0.03);
Policy struck = Policy.Softmax(prior.LogProbabilities.Zip(medium, (logP, phi) => phi > 0 ? double.NegativeInfinity : logP));
Policy limit = Tuned(prior, 0.03, 0).Policy, once = Tuned(prior, 0.03, 0.1).Policy, round = prior;
double Apart(Policy one, Policy other) => (one.Probabilities - other.Probabilities).MaxAbs();
Console.WriteLine($"1. success struck out {Success(struck):4}, in the limit {Success(limit):4}; probabilities differ by up to {Apart(struck, limit):F3}");

for (int i = 0; i < 5; i++) round = Tuned(round, 0.03, 0.5).Policy;
Console.WriteLine($"2. from one round at 0.1 probabilities differ by up to {Apart(round, once):F9}");

foreach ((string name, Policy policy) in new[] { ("prior", prior), ("RIFT", Tuned(prior, 0.157, 0.1).Policy), ("RLIF", rlif[2].Policy) })
    Console.WriteLine($"3. {name,-5}  any stop {Episodes(policy, Stops(0.157)).Intervention:4}   success {Success(policy):4}");

// </details>
