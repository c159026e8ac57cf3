using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The reward of demonstrations when each state and action may have its own: maximum likelihood in closed form.</summary>
/// <remarks>
/// <para>Without features the likelihood of each state's decisions stands by itself, and its maximum is the empirical policy n(s,a) / n(s). Every policy is the soft optimum of a reward, by the bijection
/// (15)-(17): alpha log pi, with V = 0. To it any shaping V(s) - gamma E V(s') may be added, one number a state, and in states where nobody was seen to decide anything at all: these
/// directions the data cannot see. Nothing is iterated and nothing is inverted: O(S A).</para>
/// <para>An action that was never taken where its state was visited has a reward of negative infinity: that is separation, and <see cref="Separated"/> names it. A pseudo-count takes it away.</para>
/// </remarks>
public sealed class FreeReward
{
    private FreeReward(StateActionTable reward, StateActionTable errors, Policy policy, double logLikelihood)
    {
        Reward = reward;
        StandardErrors = errors;
        Policy = policy;
        LogLikelihood = logLikelihood;
    }

    /// <summary>alpha log pi(a|s), S x A: the reward of which <see cref="Policy"/> is the soft optimum with V = 0; negative infinity at separated pairs, 0 where the action is not available.</summary>
    public StateActionTable Reward { get; }

    /// <summary>The standard error of each entry with V = 0 held fixed, alpha sqrt((1 - p) / n); positive infinity in states that were not visited, not a number at separated pairs.</summary>
    public StateActionTable StandardErrors { get; }

    /// <summary>The empirical policy; in states that were not visited uniform, for nothing is known.</summary>
    public Policy Policy { get; }

    /// <summary>sum n(s,a) log pi(a|s), in nats: no reward has more.</summary>
    public double LogLikelihood { get; }

    /// <summary>The pairs whose reward goes to negative infinity: available actions that were never taken in a state that was visited.</summary>
    public required IReadOnlyList<Decision> Separated { get; init; }

    /// <summary>The states with a choice in which nobody was seen to decide.</summary>
    public required IReadOnlyList<int> UnvisitedStates { get; init; }

    /// <summary>Number of directions of the reward that the data see: one less than the actions for each visited state.</summary>
    public required int Rank { get; init; }

    /// <summary>Number of directions that are shaping: one a state, for V may be any function.</summary>
    public int ShapingDirections => Policy.States;

    /// <summary>Number of directions that matter only in states that were not visited.</summary>
    public required int UnvisitedDirections { get; init; }

    /// <summary>The fit.</summary>
    /// <param name="kernel">The dynamics: they say which actions are available.</param>
    /// <param name="data">The demonstrations; the occupancy of a policy gives that policy back.</param>
    /// <param name="temperature">alpha, positive, in the units of the reward.</param>
    /// <param name="pseudoCount">What is added to the count of every available action in visited states, at least 0: a symmetric Dirichlet prior's mode. 0 for none.</param>
    /// <exception cref="InvalidModelException">An action was demonstrated where it is not available.</exception>
    public static FreeReward Of(TransitionKernel kernel, Demonstrations data, double temperature, double pseudoCount = 0)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        ArgumentOutOfRangeException.ThrowIfNegative(pseudoCount);
        StateActionTable counts = data.RequireFits(kernel).Counts;
        double[] totals = [.. Enumerable.Range(0, kernel.States).Select(s => counts.Row(s).ToArray().Sum())];
        StateActionTable weights = StateActionTable.Create(kernel.States, kernel.Actions, (s, a) => !kernel.IsAvailable(s, a) ? 0 : totals[s] == 0 ? 1 : counts[s, a] + pseudoCount);
        Policy policy = Policy.Softmax(weights.Map(Math.Log));
        StateActionTable reward = StateActionTable.Create(kernel.States, kernel.Actions, (s, a) => kernel.IsAvailable(s, a) ? temperature * policy.LogProbability(s, a) : 0);
        StateActionTable errors = StateActionTable.Create(kernel.States, kernel.Actions, (s, a) =>
            !kernel.IsAvailable(s, a) || data.IsPopulation ? 0 : totals[s] == 0 ? double.PositiveInfinity : weights[s, a] == 0 ? double.NaN : temperature * Math.Sqrt((1 - policy.Probability(s, a)) / weights[s, a]));
        int[] choices = [.. Enumerable.Range(0, kernel.States).Select(s => Enumerable.Range(0, kernel.Actions).Count(a => kernel.IsAvailable(s, a)) - 1)];
        return new FreeReward(reward, errors, policy, counts.InnerProduct(policy.LogProbabilities))
        {
            Separated = [.. Enumerable.Range(0, kernel.States * kernel.Actions).Select(i => new Decision(i / kernel.Actions, i % kernel.Actions)).Where(d => kernel.IsAvailable(d.State, d.Action) && weights[d.State, d.Action] == 0)],
            UnvisitedStates = [.. Enumerable.Range(0, kernel.States).Where(s => totals[s] == 0 && choices[s] > 0)],
            Rank = Enumerable.Range(0, kernel.States).Where(s => totals[s] > 0).Sum(s => choices[s]),
            UnvisitedDirections = Enumerable.Range(0, kernel.States).Where(s => totals[s] == 0).Sum(s => choices[s]),
        };
    }
}
