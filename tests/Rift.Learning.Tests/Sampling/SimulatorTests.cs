namespace Rift.Learning.Tests;

[FsCheck.NUnit.Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class SimulatorTests
{
    private static readonly Expert _expert = Worlds.ExpertOf("windycliff");
    private static readonly Policy _prior = Worlds.PriorOf("windycliff", _expert);
    private static readonly Simulator _world = new(_expert.Mdp);
    private static readonly Supervisor _supervisor = new(new QGapStrategy(0.036).Phi(_expert));

    [Test]
    public void Visits_are_those_of_the_exact_evaluation([Values] TimeLimit limit)
    {
        const int episodes = 20_000, horizon = 40;
        StateActionTable exact = EpisodeVisits.Of(_expert.Mdp, _prior, limit, horizon).Pairs;
        int pairs = exact.Entries.Length;
        double[] sum = new double[pairs], squares = new double[pairs];
        foreach (Episode episode in _world.Collect(_prior, EpisodeRules.Of(limit, horizon), episodes, new SplittableRandom(8)))
        {
            foreach (IGrouping<int, Transition> visited in episode.Transitions.GroupBy(step => (step.State * 5) + step.Action))
            {
                sum[visited.Key] += visited.Count();
                squares[visited.Key] += visited.Count() * visited.Count();
            }
        }

        // Six standard errors and six visits in all, for pairs too rare for a normal limit: a right program fails one of the 190 pairs in 10^6 seeds.
        for (int i = 0; i < pairs; i++)
        {
            double mean = sum[i] / episodes, error = Math.Sqrt(Math.Max(0, (squares[i] / episodes) - (mean * mean)) / episodes);
            Assert.That(mean, Is.EqualTo(exact[i]).Within((6 * error) + (6.0 / episodes)), $"pair {i}");
        }
    }

    // Successors of one pair, over any row of small whole weights: each frequency within Clopper and Pearson's interval at a level that fails once in 10^9.
    [Property(MaxTest = 40)]
    public void Actions_and_successors_come_as_often_as_they_are_likely(SmallProblem small, int seed)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        const int episodes = 4000;
        int[] starts = new int[mdp.States], pairs = new int[mdp.States * mdp.Actions];
        Dictionary<(int Pair, int Next), int> steps = [];
        foreach (Episode episode in new Simulator(mdp).Collect(small.Policy, new EpisodeRules { MostSteps = 1 }, episodes, new SplittableRandom(seed)))
        {
            if (episode.Transitions is not [{ } step]) continue;
            starts[step.State]++;
            pairs[(step.State * mdp.Actions) + step.Action]++;
            steps[((step.State * mdp.Actions) + step.Action, step.Next)] = steps.GetValueOrDefault(((step.State * mdp.Actions) + step.Action, step.Next)) + 1;
        }

        for (int s = 0; s < mdp.States; s++)
        {
            if (mdp.IsTerminal(s)) continue;
            Agrees(mdp.Initial[s], starts[s], episodes);
            for (int a = 0; a < mdp.Actions; a++)
            {
                int pair = (s * mdp.Actions) + a;
                Agrees(small.Policy.Probability(s, a), pairs[pair], starts[s]);
                Dictionary<int, double> row = mdp.Kernel.Successors(s, a).ToDictionary(next => next.State, next => next.Probability);
                for (int next = 0; next < mdp.States; next++) Agrees(row.GetValueOrDefault(next), steps.GetValueOrDefault((pair, next)), pairs[pair]);
            }
        }

        static void Agrees(double probability, int count, int trials)
        {
            // A number of at most 2^-50 is what rounding of the tables may add or take.
            ConfidenceInterval interval = ConfidenceInterval.OfProportion(count, trials, 1 - 1e-9);
            Assert.That(probability, Is.InRange(interval.Low - 1e-15, interval.High + 1e-15));
        }
    }

    [Test]
    public void What_is_drawn_depends_on_the_seed_alone()
    {
        EpisodeRules rules = new() { MostSteps = 60, Supervisor = _supervisor };
        EpisodeSummary[] one = _world.Summarise(_prior, rules, 500, new SplittableRandom(1)), three = _world.Summarise(_prior, rules, 500, new SplittableRandom(1), new Execution { Threads = 3 });
        EpisodeSummary[] few = new Simulator(_expert.Mdp).Summarise(_prior, rules, 20, new SplittableRandom(1));
        IReadOnlyList<Episode> whole = _world.Collect(_prior, rules, 500, new SplittableRandom(1), new Execution { Threads = 2 });
        Assert.Multiple(() =>
        {
            Assert.That(three, Is.EqualTo(one));
            Assert.That(few, Is.EqualTo(one[..20]));
            Assert.That(whole.Select(episode => episode.Summary), Is.EqualTo(one));
            Assert.That(_world.Summarise(_prior, rules, 500, new SplittableRandom(2)), Is.Not.EqualTo(one));
        });
    }

    [Test]
    public void Episodes_hang_together_and_end_as_they_say([Values] StopResponse whenStopped)
    {
        EpisodeRules rules = new() { MostSteps = 25, Supervisor = _supervisor, WhenStopped = whenStopped, Expert = _expert.Policy };
        IReadOnlyList<Episode> episodes = _world.Collect(_prior, rules, 400, new SplittableRandom(3));
        foreach (Episode episode in episodes)
        {
            Transition[] steps = [.. episode.Transitions];
            EpisodeSummary summary = episode.Summary;
            Assert.That(steps, Has.Length.EqualTo(summary.Steps).And.Length.InRange(1, 25));
            Assert.That(steps.Zip(steps.Skip(1)).All(pair => pair.First.Next == pair.Second.State), Is.True);
            Assert.That(steps.Count(step => step.Stopped), Is.EqualTo(summary.Stops));
            Assert.That(summary.Return, Is.EqualTo(steps.Sum(step => _expert.Mdp.Reward[step.State, step.Action])).Within(1e-12));
            Assert.That(summary.Ending, Is.EqualTo(
                whenStopped == StopResponse.EndsEpisode && summary.Stops > 0 ? Ending.EmergencyStop : _expert.Mdp.IsTerminal(steps[^1].Next) ? Ending.Terminal : Ending.TimeLimit));
            int stop = Array.FindIndex(steps, step => step.Stopped);
            if (stop < 0) continue;
            if (whenStopped == StopResponse.EndsEpisode) Assert.That(stop, Is.EqualTo(steps.Length - 1));
            if (whenStopped == StopResponse.ExpertActs) Assert.That(steps[(stop + 1)..].All(step => _expert.Policy.Probability(step.State, step.Action) > 0 && !step.Stopped), Is.True);
        }

        Assert.That(episodes.Count(episode => episode.Summary.Stops > 0), Is.InRange(1, 400));
        if (whenStopped == StopResponse.IsNoted) Assert.That(episodes.Max(episode => episode.Summary.Stops), Is.GreaterThan(1));
    }

    [Test]
    public void A_late_supervisor_stops_so_many_steps_later_or_never()
    {
        const int delay = 3;
        EpisodeRules prompt = new() { MostSteps = 60, Supervisor = _supervisor, WhenStopped = StopResponse.IsNoted }, late = prompt with { Supervisor = new Supervisor(_supervisor.Offences, delay) };
        // Certain offences take no random number, so the two see the same episodes.
        foreach ((Episode now, Episode then) in _world.Collect(_prior, prompt, 200, new SplittableRandom(4)).Zip(_world.Collect(_prior, late, 200, new SplittableRandom(4))))
        {
            Assert.That(then.Transitions.Select(step => step.State), Is.EqualTo(now.Transitions.Select(step => step.State)));
            for (int t = 0; t < now.Transitions.Count; t++) Assert.That(then.Transitions[t].Stopped, Is.EqualTo(t >= delay && now.Transitions[t - delay].Stopped));
        }
    }

    [Test]
    public void Whoever_begins_at_an_end_decides_nothing()
    {
        double[] atTheEnd = new double[_expert.Mdp.States];
        atTheEnd[^1] = 1;
        Simulator over = new(_expert.Mdp.WithInitial(atTheEnd));
        Assert.That(over.Summarise(_prior, new EpisodeRules { MostSteps = 5 }, 2, new SplittableRandom(0)), Is.All.EqualTo(new EpisodeSummary(Ending.Terminal, false, 0, 0, 0)));
    }

    [Test]
    public void Rules_that_do_not_fit_are_refused()
    {
        Refuses(new EpisodeRules(), "without a limit");
        Refuses(new EpisodeRules { MostSteps = 5, WhenStopped = StopResponse.ExpertActs }, "found no expert");
        Refuses(new EpisodeRules { MostSteps = 5, Supervisor = new Supervisor(StateActionTable.Constant(2, 3, 0)) }, "a supervisor for 2 states and 3 actions, expected 38 and 5");
        Assert.That(() => new EpisodeRules { MostSteps = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new EpisodeRules { Survival = 1.1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());

        static void Refuses(EpisodeRules rules, string what) =>
            Assert.That(() => _world.Summarise(_prior, rules, 1, new SplittableRandom(0)), Throws.ArgumentException.With.Message.Contains(what).And.Property("ParamName").EqualTo("rules"));
    }

    // Successors of a computed kernel come in the order of those of the stored one, so the same numbers make the same episodes.
    [Property(MaxTest = 20, Arbitrary = [typeof(ProductArbitraries)])]
    public void A_kernel_that_stores_nothing_is_played_like_one_that_does(SmallProduct product, int seed)
    {
        EpisodeRules rules = new() { MostSteps = 12 };
        EpisodeSummary[] Played(TransitionKernel kernel)
        {
            double[] initial = new double[kernel.States];
            Array.Fill(initial, 1.0 / kernel.States);
            MarkovDecisionProcess mdp = new(kernel, StateActionTable.Create(kernel.States, kernel.Actions, (s, a) => s + a), initial, 0.9);
            return new Simulator(mdp).Summarise(Policy.Uniform(kernel), rules, 50, new SplittableRandom(seed));
        }

        Assert.That(Played(product.Kernel), Is.EqualTo(Played(SparseKernel.From(product.Kernel))));
    }
}
